package org.espalier.pruning.djl.evidence;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives every block an array of ours in place of its parameter. Every leaf block asks the store for
 * its weights just before it computes, so a network runs with other weights without being touched.
 */
final class ProbeStore extends ParameterStore {

  private final Map<String, NDArray> values;

  /**
   * @param manager of one forward pass
   * @param values by id of the parameter; copied
   */
  ProbeStore(NDManager manager, Map<String, NDArray> values) {
    super(manager, false);
    this.values = new HashMap<>(values);
  }

  /** Replaces the value of a parameter. */
  void put(String parameterId, NDArray value) {
    values.put(parameterId, value);
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    if (parameter == null) {
      return null;
    }
    NDArray value = values.get(parameter.getId());
    if (value == null) {
      throw new IllegalStateException(
          "the network uses a parameter that it does not list: " + parameter.getName());
    }
    return value;
  }
}
