package org.espalier.pruning.djl.capture;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.espalier.pruning.djl.NetworkParameters;
import org.espalier.sparse.mask.Mask;

/**
 * A parameter store of masked copies: blocks compute with them, and neither gradients nor running
 * statistics reach the network's own arrays.
 */
final class MaskedCopies extends ParameterStore {

  private final Map<Parameter, Mask> masks = new IdentityHashMap<>();
  private final Map<Parameter, Map<Device, NDArray>> copies = new IdentityHashMap<>();

  /**
   * @param manager owns the copies
   * @param masks by parameter path
   */
  MaskedCopies(NDManager manager, Block network, Map<String, Mask> masks) {
    super(manager, false);
    Map<String, Parameter> parameters = new NetworkParameters(network).byPath();
    masks.forEach((path, mask) -> this.masks.put(parameters.get(path), mask));
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    if (parameter == null) {
      return null;
    }
    return copies
        .computeIfAbsent(parameter, key -> new HashMap<>())
        .computeIfAbsent(device, key -> copy(parameter, device));
  }

  /** Returns the masked values of a parameter on the host, row-major. */
  float[] values(Parameter parameter) {
    return Features.toFloats(getValue(parameter, parameter.getArray().getDevice(), false));
  }

  private NDArray copy(Parameter parameter, Device device) {
    NDArray array = parameter.getArray();
    // On its own device toDevice would be another name for the same memory.
    NDArray copy =
        array.getDevice().equals(device) ? array.duplicate() : array.toDevice(device, true);
    copy.attach(getManager());
    Mask mask = masks.get(parameter);
    if (mask != null && mask.keptCount() < mask.elements()) {
      try (NDManager scratch = getManager().newSubManager(device)) {
        NDArray ones = scratch.create(mask.toFloats(), array.getShape());
        // A negative weight times 0 is -0; adding 0 makes it what pruned weights are.
        copy.muli(ones.toType(array.getDataType(), false)).addi(0);
      }
    }
    return copy;
  }
}
