package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What DJL's optimizers keep per parameter: momentum, first and second moments. They show it to
 * nobody; this class reaches it by reflection, finds nothing where this JVM does not allow that,
 * and no guarantee of Espalier depends on it.
 */
public final class OptimizerState {

  private OptimizerState() {}

  /**
   * Frees what a discarded optimizer leaves behind, and forgets it: the optimizer starts afresh if
   * it is used again. DJL attaches these arrays to its system manager, which is never closed, so
   * that every optimizer that is thrown away leaks one or two times the size of its network (read
   * in DJL 0.35.1, {@code Optimizer.withDefaultState}). Experiments that train many networks in one
   * JVM call this after each.
   *
   * @param optimizer any of DJL's, or one that {@link Pruning#attach} has wrapped
   * @return how many arrays were closed
   */
  public static int release(Optimizer optimizer) {
    int closed = 0;
    for (Map<?, ?> states : stateMaps(optimizer).values()) {
      for (Object byDevice : states.values()) {
        for (Object array : ((Map<?, ?>) byDevice).values()) {
          ((NDArray) array).close();
          closed++;
        }
      }
      states.clear();
    }
    return closed;
  }

  /** Calls an action with every state array and the id of its parameter. */
  static void forEach(Optimizer optimizer, BiConsumer<String, NDArray> action) {
    for (Map<?, ?> states : stateMaps(optimizer).values()) {
      states.forEach(
          (id, byDevice) ->
              ((Map<?, ?>) byDevice)
                  .values()
                  .forEach(array -> action.accept((String) id, (NDArray) array)));
    }
  }

  /**
   * The fields of the form parameter id -> device -> array, of the optimizer and its parents, by
   * name.
   */
  static Map<String, Map<?, ?>> stateMaps(Optimizer optimizer) {
    Optimizer target = optimizer instanceof MaskingOptimizer m ? m.inner() : optimizer;
    Map<String, Map<?, ?>> maps = new LinkedHashMap<>();
    for (Class<?> type = target.getClass(); type != Optimizer.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Map.class.isAssignableFrom(field.getType())
            && !Modifier.isStatic(field.getModifiers())) {
          Map<?, ?> map = read(target, field);
          if (map.values().stream().allMatch(OptimizerState::holdsArrays)) {
            maps.putIfAbsent(field.getName(), map);
          }
        }
      }
    }
    return maps;
  }

  private static boolean holdsArrays(Object value) {
    return value instanceof Map<?, ?> byDevice
        && byDevice.values().stream().allMatch(NDArray.class::isInstance);
  }

  private static Map<?, ?> read(Optimizer optimizer, Field field) {
    try {
      field.setAccessible(true);
      Map<?, ?> map = (Map<?, ?>) field.get(optimizer);
      return map == null ? Map.of() : map;
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      return Map.of();
    }
  }
}
