package org.espalier.pruning.djl;

import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Map;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;

/**
 * The learning rate that an optimizer is about to use. DJL's optimizers ask a private tracker with
 * a private count of updates (checked on 0.35.1: Sgd, Nag, Adam, AdamW, RmsProp, Adagrad); both are
 * read by reflection. A tracker answers twice for the same count without harm.
 */
final class LearningRate {

  private final Optimizer optimizer;
  private final ParameterTracker tracker;
  private final Map<?, ?> counts;
  private final int begin;

  /**
   * @param optimizer of the training, or one that {@link Pruning#attach} has wrapped; null if
   *     unknown
   * @throws InvalidInputException if its learning rate cannot be read
   */
  LearningRate(Optimizer optimizer) {
    this.optimizer = optimizer instanceof MaskingOptimizer masking ? masking.inner() : optimizer;
    if (this.optimizer == null) {
      throw unreadable("one that this trainer does not show", null);
    }
    try {
      tracker =
          tracker(this.optimizer)
              .orElseThrow(() -> new NoSuchFieldException("no field of type ParameterTracker"));
      counts = (Map<?, ?>) read(Optimizer.class, "updateCounts", this.optimizer);
      begin = (int) read(Optimizer.class, "beginNumUpdate", this.optimizer);
    } catch (ReflectiveOperationException | InaccessibleObjectException | SecurityException e) {
      throw unreadable(this.optimizer.getClass().getName() + ": " + e, e);
    }
  }

  /** Returns the rate that the next update of a parameter will use, before that update. */
  float next(String parameterId) {
    // Optimizer.updateCount: counts are per parameter, the rate goes by the largest of them.
    Integer count = (Integer) counts.get(parameterId);
    int latest = counts.values().stream().mapToInt(Integer.class::cast).max().orElse(0);
    int next = (count == null ? begin : count) + 1;
    return tracker.getNewValue(parameterId, Math.max(latest, next));
  }

  /** Returns the tracker of an optimizer; empty if it has none that can be read. */
  static Optional<ParameterTracker> tracker(Optimizer optimizer) {
    for (Class<?> type = optimizer.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (ParameterTracker.class.isAssignableFrom(field.getType())) {
          try {
            field.setAccessible(true);
            return Optional.ofNullable((ParameterTracker) field.get(optimizer));
          } catch (IllegalAccessException | InaccessibleObjectException | SecurityException e) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Object read(Class<?> type, String name, Object target)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(target);
  }

  private static InvalidInputException unreadable(String found, Exception cause) {
    return new InvalidInputException(
        "optimizer",
        "one of DJL's, whose learning rate can be read",
        found,
        "train with Sgd, Adam or AdamW, or choose components that go without",
        cause);
  }
}
