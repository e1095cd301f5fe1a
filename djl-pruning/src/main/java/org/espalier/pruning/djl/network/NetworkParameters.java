package org.espalier.pruning.djl.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.convolutional.Deconvolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.LinearCollection;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.espalier.pruning.core.TensorInfo;

/** The parameters of a DJL network by path, and which of them are pruned unless told otherwise. */
public final class NetworkParameters {

  private final Map<String, Parameter> byPath = new LinkedHashMap<>();
  private final List<TensorInfo> infos = new ArrayList<>();
  private final Map<Parameter, Long> uses;

  /**
   * Reads the parameters of an initialized network. A parameter that two paths share counts once,
   * under the first. How often a weight is used comes from the shapes that the network was
   * initialized with; where they do not tell, {@link TensorInfo#uses} is 1 and {@link #uses} empty.
   *
   * @param network with arrays in all its parameters
   */
  public NetworkParameters(Block network) {
    Map<Parameter, Block> owners = new IdentityHashMap<>();
    collectOwners(network, owners);
    uses = LayerUses.of(network);
    for (Pair<String, Parameter> pair : network.getParameters()) {
      Parameter parameter = pair.getValue();
      if (parameter.isInitialized() && !byPath.containsValue(parameter)) {
        byPath.put(pair.getKey(), parameter);
        int[] shape = HostValues.shape(parameter.getArray());
        boolean prunable = isPrunable(parameter, shape, owners.get(parameter));
        infos.add(new TensorInfo(pair.getKey(), shape, prunable, uses.getOrDefault(parameter, 1L)));
      }
    }
  }

  /** Returns the description of every parameter that holds at least one value. */
  public List<TensorInfo> infos() {
    return List.copyOf(infos);
  }

  /** Returns the parameters by path, in the order of the network. */
  public Map<String, Parameter> byPath() {
    return Map.copyOf(byPath);
  }

  /**
   * Returns how often each weight of a parameter is multiplied for one example: the positions of a
   * convolution's output, the length of a sequence in linear and recurrent layers, else 1. Empty if
   * the shapes of the initialization do not tell, as for a layer that appears twice.
   */
  public OptionalLong uses(String path) {
    Long known = uses.get(byPath.get(path));
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /**
   * Weights of rank 2 or more of linear, convolution and recurrent layers (and of attention, which
   * is made of linear ones) that are being trained: who freezes a layer wants it left alone.
   */
  private static boolean isPrunable(Parameter parameter, int[] shape, Block owner) {
    return parameter.getType() == Parameter.Type.WEIGHT
        && shape.length >= 2
        && parameter.requiresGradient()
        && (owner instanceof Linear
            || owner instanceof LinearCollection
            || owner instanceof Convolution
            || owner instanceof Deconvolution
            || owner instanceof RecurrentBlock);
  }

  private static void collectOwners(Block block, Map<Parameter, Block> owners) {
    block.getDirectParameters().values().forEach(parameter -> owners.put(parameter, block));
    block.getChildren().values().forEach(child -> collectOwners(child, owners));
  }
}
