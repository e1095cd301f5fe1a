package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Map;

/**
 * Frees what a discarded optimizer leaves behind. DJL attaches momentum and moments to its system
 * manager, which is never closed: every optimizer that is thrown away leaks one or two times the
 * size of its network (read in DJL 0.35.1, {@code Optimizer.withDefaultState}). Experiments that
 * train many networks in one JVM call this after each.
 */
public final class OptimizerState {

  private OptimizerState() {}

  /**
   * Closes all state arrays and forgets them: the optimizer starts afresh if it is used again.
   *
   * @param optimizer any of DJL's, or one that {@link Pruning#attach} has wrapped
   * @return how many arrays were closed; 0 where this JVM does not allow to reach them
   */
  public static int release(Optimizer optimizer) {
    Optimizer target = optimizer instanceof MaskingOptimizer m ? m.inner() : optimizer;
    int closed = 0;
    for (Class<?> type = target.getClass(); type != Optimizer.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Map.class.isAssignableFrom(field.getType())
            && !Modifier.isStatic(field.getModifiers())) {
          closed += release(target, field);
        }
      }
    }
    return closed;
  }

  private static int release(Optimizer optimizer, Field field) {
    try {
      field.setAccessible(true);
      Map<?, ?> states = (Map<?, ?>) field.get(optimizer);
      int closed = 0;
      for (Object byDevice : states.values()) {
        if (byDevice instanceof Map<?, ?> arrays) {
          for (Object array : arrays.values()) {
            ((NDArray) array).close();
            closed++;
          }
        }
      }
      states.clear();
      return closed;
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      return 0;
    }
  }
}
