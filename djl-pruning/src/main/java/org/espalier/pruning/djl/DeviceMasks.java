package org.espalier.pruning.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import org.espalier.sparse.mask.Mask;

/**
 * Masks as arrays on the devices where the weights are. They live in a manager of their own, so
 * that the model's and the trainer's managers stay as DJL left them.
 */
final class DeviceMasks implements AutoCloseable {

  private record Key(String parameter, Device device) {}

  /** A mask as 0s and 1s, and a scalar 0, both in the weight's type. */
  private record OnDevice(NDArray mask, NDArray zero) implements AutoCloseable {

    @Override
    public void close() {
      mask.close();
      zero.close();
    }
  }

  private final NDManager manager;
  private final Map<String, Mask> masks = new HashMap<>();
  private final Map<Key, OnDevice> arrays = new HashMap<>();

  DeviceMasks(NDManager relative) {
    manager = relative.getEngine().newBaseManager(relative.getDevice());
    manager.setName("espalier-masks");
  }

  /** Replaces the mask of a parameter. A dense mask costs nothing. */
  void put(String parameter, Mask mask) {
    if (mask.equals(masks.get(parameter))) {
      return;
    }
    arrays
        .entrySet()
        .removeIf(
            entry -> {
              boolean stale = entry.getKey().parameter().equals(parameter);
              if (stale) {
                entry.getValue().close();
              }
              return stale;
            });
    if (mask.keptCount() < mask.elements()) {
      masks.put(parameter, mask);
    } else {
      masks.remove(parameter);
    }
  }

  /** Sets the pruned entries of a weight to exactly +0, in place. */
  void enforce(String parameter, NDArray weight) {
    Mask mask = masks.get(parameter);
    if (mask == null) {
      return;
    }
    OnDevice onDevice =
        arrays.computeIfAbsent(new Key(parameter, weight.getDevice()), key -> create(mask, weight));
    // An alias outside autograd: in-place changes of a leaf that requires gradients are refused on
    // threads whose grad mode is on, which is every thread but the one that loaded the engine.
    try (NDArray alias = weight.stopGradient()) {
      alias.muli(onDevice.mask());
      // A negative weight times 0 is -0; adding +0 makes it +0. Two vectorized passes are three
      // times faster than libtorch's masked fill.
      alias.addi(onDevice.zero());
    }
  }

  private OnDevice create(Mask mask, NDArray weight) {
    try (NDArray ones = manager.create(mask.toFloats(), weight.getShape());
        NDArray zero = manager.create(0f)) {
      return new OnDevice(like(ones, weight), like(zero, weight));
    }
  }

  /**
   * Copies to the weight's type and device. The clone at the end matters: an array made from Java
   * memory, and what {@code toType} and {@code toDevice} return for it when there is nothing to
   * convert, lives in a Java buffer that is collected once the first array is closed.
   */
  private NDArray like(NDArray floats, NDArray weight) {
    try (NDArray typed = floats.toType(weight.getDataType(), true);
        NDArray placed = typed.toDevice(weight.getDevice(), true)) {
      NDArray copy = placed.duplicate();
      copy.attach(manager);
      return copy;
    }
  }

  @Override
  public void close() {
    arrays.clear();
    masks.clear();
    manager.close();
  }
}
