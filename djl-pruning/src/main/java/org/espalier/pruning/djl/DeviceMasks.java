package org.espalier.pruning.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import org.espalier.sparse.mask.Mask;

/**
 * Masks where the weights are, and how each is enforced there: in the weight's own memory where the
 * CPU can reach it, by a multiplication on the device elsewhere.
 */
final class DeviceMasks implements AutoCloseable {

  private record Key(String parameter, Device device) {}

  private final NDManager manager;
  private final Map<String, Mask> masks = new HashMap<>();
  private final Map<Key, MaskEnforcer> enforcers = new HashMap<>();

  /**
   * @param relative any manager of the engine; arrays go to a manager of their own, so that the
   *     model's and the trainer's stay as DJL left them
   */
  DeviceMasks(NDManager relative) {
    manager = relative.getEngine().newBaseManager(relative.getDevice());
    manager.setName("espalier-masks");
  }

  /** Replaces the mask of a parameter. A dense mask costs nothing. */
  void put(String parameter, Mask mask) {
    if (mask.equals(masks.get(parameter))) {
      return;
    }
    enforcers
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
    if (mask != null) {
      enforcers
          .computeIfAbsent(
              new Key(parameter, weight.getDevice()), key -> MaskEnforcer.of(mask, weight, manager))
          .enforce(weight);
    }
  }

  @Override
  public void close() {
    enforcers.clear();
    masks.clear();
    manager.close();
  }
}
