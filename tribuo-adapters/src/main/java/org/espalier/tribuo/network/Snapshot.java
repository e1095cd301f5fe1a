package org.espalier.tribuo.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.djl.PruningSession;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.djl.network.NetworkParameters;

/**
 * The parameters of a network at some moment, in Java memory.
 *
 * @param tensors by path, in the order of the network
 */
record Snapshot(Map<String, NamedTensor> tensors) {

  /**
   * Copies what layers compute with outside training.
   *
   * @param session that prunes the network; null if none does
   */
  static Snapshot of(Block network, PruningSession session) {
    NetworkParameters parameters = new NetworkParameters(network);
    Map<String, Parameter> byPath = parameters.byPath();
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    for (TensorInfo info : parameters.infos()) {
      String path = info.name();
      float[] values =
          session == null
              ? HostValues.read(path, byPath.get(path).getArray())
              : session.settledValues(path);
      tensors.put(path, new NamedTensor(path, info.shape(), info.prunable(), values));
    }
    return new Snapshot(tensors);
  }

  /**
   * Refuses weights that are no numbers.
   *
   * @throws IllegalStateException if training has diverged
   */
  Snapshot requireFinite() {
    for (NamedTensor tensor : tensors.values()) {
      for (float value : tensor.values()) {
        if (!Float.isFinite(value)) {
          throw new IllegalStateException(
              "training diverged: '%s' has a weight that is %s; lower the learning rate or scale"
                      .formatted(tensor.name(), value)
                  + " the features");
        }
      }
    }
    return this;
  }
}
