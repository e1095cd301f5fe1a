package org.espalier.hw.arch;

/**
 * The multipliers of an accelerator: units that each take several weights and several activations
 * at once and multiply all with all.
 *
 * @param clockMhz above 0
 * @param units that share the rows of the weight, 1 to {@value #MOST_UNITS}
 * @param weightLanes weights that a unit takes at once, 1 to {@value #MOST_LANES}
 * @param activationLanes activations that a unit takes at once, 1 to {@value #MOST_LANES}
 */
public record MacArray(double clockMhz, int units, int weightLanes, int activationLanes) {

  /** More units are more than one accelerator. */
  public static final int MOST_UNITS = 1024;

  /** More lanes are more than one unit. */
  public static final int MOST_LANES = 4096;

  /** Checks the ranges. */
  public MacArray {
    int least = Math.min(units, Math.min(weightLanes, activationLanes));
    if (!(clockMhz > 0)
        || least < 1
        || units > MOST_UNITS
        || Math.max(weightLanes, activationLanes) > MOST_LANES) {
      throw new IllegalArgumentException(
          "no array: %s MHz, %d units of %d x %d"
              .formatted(clockMhz, units, weightLanes, activationLanes));
    }
  }

  /** Returns all multipliers. */
  public double multipliers() {
    return (double) units * weightLanes * activationLanes;
  }
}
