package org.espalier.pruning.djl;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * A number that changes with every step and may be dear to find: asked often, it is found seldom.
 */
final class LiveFigure {

  private final int everySteps;
  private final LongSupplier step;
  private final DoubleSupplier source;
  private boolean known;
  private long knownAt;
  private double value;

  /**
   * @param everySteps age in optimizer steps at which the number is found anew, at least 1
   * @param step optimizer steps done
   * @param source finds the number
   */
  LiveFigure(int everySteps, LongSupplier step, DoubleSupplier source) {
    this.everySteps = everySteps;
    this.step = step;
    this.source = source;
  }

  /** Finds the number. */
  double now() {
    value = source.getAsDouble();
    knownAt = step.getAsLong();
    known = true;
    return value;
  }

  /** Returns the number, if it is young enough as it was found last. */
  double latest() {
    return known && step.getAsLong() - knownAt < everySteps ? value : now();
  }
}
