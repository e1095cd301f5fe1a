package org.espalier.pruning.core.allocation;

/**
 * The units of one tensor that compete.
 *
 * @param name path of the parameter
 * @param scores one per unit, not NaN; not copied
 * @param unitSize weights in a unit, at least 1
 */
public record UnitScores(String name, float[] scores, int unitSize) {

  /** Refuses units without weights. */
  public UnitScores {
    if (unitSize < 1) {
      throw new IllegalArgumentException(name + ": unitSize must be at least 1: " + unitSize);
    }
  }
}
