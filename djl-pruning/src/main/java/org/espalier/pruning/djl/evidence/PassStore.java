package org.espalier.pruning.djl.evidence;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The parameters of one forward pass. Every leaf block asks the store for its weights just before
 * it computes, so a network runs with other weights without being touched. Of what training changes
 * other than by gradients (running statistics), each pass has copies of its own: the next pass
 * starts where this one did.
 */
public final class PassStore extends ParameterStore {

  private final MaskedCopies copies;
  private final Map<Parameter, NDArray> own = new IdentityHashMap<>();

  /**
   * @param manager of this pass
   * @param copies that it starts from
   */
  PassStore(NDManager manager, MaskedCopies copies) {
    super(manager, false);
    this.copies = copies;
  }

  /** Runs the pass with a masked copy that collects a gradient, and returns it. */
  public NDArray leaf(Parameter parameter) {
    // A detached array shares the memory of the copy, but starts without a gradient.
    return leaf(parameter, copies.value(parameter).stopGradient());
  }

  /** Runs the pass with an array of ours that collects a gradient, and returns it. */
  NDArray leaf(Parameter parameter, NDArray value) {
    value.attach(getManager());
    value.setRequiresGradient(true);
    own.put(parameter, value);
    return value;
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    if (parameter == null) {
      return null;
    }
    NDArray value = own.get(parameter);
    if (value == null && training && !parameter.requiresGradient()) {
      DataType type = copies.value(parameter).getDataType();
      value = ArrayCopies.of(copies.value(parameter), getManager(), type);
      own.put(parameter, value);
    }
    return value == null ? copies.value(parameter) : value;
  }
}
