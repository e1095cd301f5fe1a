package org.espalier.pruning.djl.capture;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.RecurrentBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.djl.evidence.Requests;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.InvalidInputException;

/**
 * A parameter and the block that owns it.
 *
 * @param path as {@link NetworkParameters} names the parameter
 * @param weight the parameter
 * @param block its owner
 * @param places of the owner: more than one if it is added to the network more than once
 */
record Layer(String path, Parameter weight, Block block, List<Place> places) {

  /**
   * Finds layers.
   *
   * @throws InvalidInputException if the network has no such parameter
   */
  static Map<String, Layer> find(Block network, Set<String> paths) {
    Map<String, Parameter> parameters = new NetworkParameters(network).byPath();
    Requests.checkKnown(parameters, paths);
    List<Place> places = Place.all(network);
    Map<String, Layer> layers = new LinkedHashMap<>();
    for (String path : paths) {
      Parameter parameter = parameters.get(path);
      List<Place> owners = new ArrayList<>();
      for (Place place : places) {
        if (place.block().getDirectParameters().values().contains(parameter)) {
          owners.add(place);
        }
      }
      layers.put(path, new Layer(path, parameter, owners.get(0).block(), List.copyOf(owners)));
    }
    return layers;
  }

  /** Returns whether this is the weight (not the bias) of a linear layer. */
  boolean isLinear() {
    return block instanceof Linear && rank() == 2;
  }

  /** Returns whether this is the kernel of a convolution. */
  boolean isConvolution() {
    return block instanceof Convolution && rank() > 2;
  }

  /** Returns whether this weight multiplies the input of its recurrent block, not a state. */
  boolean readsRecurrentInput() {
    return block instanceof RecurrentBlock && weight.getName().matches("[lr]_0_i2h_WEIGHT");
  }

  /** Returns the groups of a convolution, 1 elsewhere. */
  int groups() {
    return block instanceof Convolution convolution ? convolution.getGroups() : 1;
  }

  /** Returns an extent of the weight. */
  int extent(int axis) {
    return Math.toIntExact(weight.getArray().getShape().get(axis));
  }

  private int rank() {
    return weight.getArray().getShape().dimension();
  }

  /** Returns the axis of features in the layer's inputs and outputs, which have this rank. */
  int featureAxis(int rank) {
    return block instanceof Convolution ? 1 : rank - 1;
  }

  /** Makes the refusal of a statistic that this layer cannot have. */
  InvalidInputException refused(String statistic, String expected, String found) {
    return new InvalidInputException(
        path,
        expected + " for " + statistic,
        found,
        "exclude it from the group, or choose another criterion for it");
  }
}
