package org.espalier.pruning.djl.evidence;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * Copies of arrays on the device of a manager, which owns them. They share no memory with the
 * original, even where nothing but the owner changes, and no gradient flows back to it.
 */
public final class ArrayCopies {

  private ArrayCopies() {}

  /** Copies arrays with their names, those of floating point in a type of ours. */
  public static NDList of(NDList arrays, NDManager manager, DataType floating) {
    NDList copies = new NDList(arrays.size());
    for (NDArray array : arrays) {
      copies.add(of(array, manager, floating));
    }
    return copies;
  }

  /** Copies arrays with their names and types. */
  static NDList of(NDList arrays, NDManager manager) {
    NDList copies = new NDList(arrays.size());
    for (NDArray array : arrays) {
      copies.add(of(array, manager, array.getDataType()));
    }
    return copies;
  }

  /** Copies an array with its name, one of floating point in a type of ours. */
  static NDArray of(NDArray array, NDManager manager, DataType floating) {
    Device device = manager.getDevice();
    boolean converts = array.getDataType().isFloating() && array.getDataType() != floating;
    try (NDArray plain = array.stopGradient();
        NDArray there = plain.toDevice(device, true)) {
      // Duplicated last: on PyTorch neither toDevice nor toType copies where nothing changes.
      NDArray copy = converts ? there.toType(floating, true) : there.duplicate();
      copy.setName(array.getName());
      copy.attach(manager);
      return copy;
    }
  }
}
