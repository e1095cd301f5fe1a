package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.IdentityHashMap;
import java.util.Map;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.mask.Mask;

/**
 * Copies of a network's parameters under their masks, pruned weights exactly +0, on a manager that
 * nobody else knows. A {@link StillNetwork} runs with them.
 */
public final class MaskedCopies implements AutoCloseable {

  /** What the network runs with instead of a parameter. */
  @FunctionalInterface
  interface Change {

    /** Keeps the parameter as it is. */
    Change NONE = (parameter, copy) -> copy;

    /** Returns the replacement of a masked copy, on the same manager. */
    NDArray of(Parameter parameter, NDArray copy);
  }

  private final Map<Parameter, Mask> masks = new IdentityHashMap<>();
  private final Map<Parameter, NDArray> copies = new IdentityHashMap<>();
  private final NDManager manager;
  private final DataType type;
  private final Change change;

  /** Makes copies in single precision. */
  public MaskedCopies(Probe probe) {
    this(probe, DataType.FLOAT32, Change.NONE);
  }

  /**
   * @param probe whose network is initialized
   * @param type of floating-point copies
   * @param change after masks
   */
  MaskedCopies(Probe probe, DataType type, Change change) {
    Map<String, Parameter> parameters = new NetworkParameters(probe.network()).byPath();
    probe.masks().forEach((path, mask) -> masks.put(parameters.get(path), mask));
    manager = newBaseManager(probe.network());
    manager.setName("espalier-evidence");
    this.type = type;
    this.change = change;
  }

  private static NDManager newBaseManager(Block network) {
    for (Parameter parameter : network.getParameters().values()) {
      if (parameter.isInitialized()) {
        NDArray array = parameter.getArray();
        return array.getManager().getEngine().newBaseManager(array.getDevice());
      }
    }
    return NDManager.newBaseManager();
  }

  /** Returns a manager on the device of the copies; at the latest they close it. */
  public NDManager newManager() {
    return manager.newSubManager();
  }

  /** Returns the masked values of a parameter on the host, row-major. */
  public float[] values(Parameter parameter) {
    return value(parameter).toFloatArray();
  }

  /** Returns the copy of a parameter; also of one that the network does not list. */
  NDArray value(Parameter parameter) {
    return copies.computeIfAbsent(parameter, key -> change.of(key, masked(key)));
  }

  private NDArray masked(Parameter parameter) {
    NDArray copy = ArrayCopies.of(parameter.getArray(), manager, type);
    Mask mask = masks.get(parameter);
    if (mask == null || mask.keptCount() == mask.elements()) {
      return copy;
    }
    // Chosen, not multiplied: -1 times 0 is -0, and infinity times 0 is no number.
    try (NDArray factors = manager.create(mask.toFloats(), copy.getShape());
        NDArray kept = factors.toType(DataType.BOOLEAN, true);
        NDArray zeros = copy.zerosLike();
        copy) {
      return NDArrays.where(kept, copy, zeros);
    }
  }

  /** Frees the copies. */
  @Override
  public void close() {
    manager.close();
  }
}
