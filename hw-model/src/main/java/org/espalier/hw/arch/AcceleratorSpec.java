package org.espalier.hw.arch;

import java.util.List;
import java.util.Objects;

/**
 * An accelerator as a machine file describes it.
 *
 * @param name for reports
 * @param array units and lanes
 * @param skipping which zeros cost no cycles
 * @param weights format of the weights in every memory
 * @param activations format of the inputs in every memory; outputs are written dense
 * @param energy of multipliers
 * @param levels memories from the innermost, which feeds the units, to the outermost, which holds
 *     everything; at least one
 */
public record AcceleratorSpec(
    String name,
    MacArray array,
    Skipping skipping,
    FormatBits weights,
    FormatBits activations,
    MacEnergy energy,
    List<StorageLevel> levels) {

  /**
   * Energy of a multiply-add.
   *
   * @param macPj at least 0
   * @param zeroPj of one that is made although an operand is zero: less than {@code macPj} if the
   *     multiplier is gated, else the same
   */
  public record MacEnergy(double macPj, double zeroPj) {

    /** Checks the ranges. */
    public MacEnergy {
      if (!(macPj >= 0 && zeroPj >= 0) || Double.isInfinite(macPj) || zeroPj > macPj) {
        throw new IllegalArgumentException("no energies: " + macPj + " and " + zeroPj + " pJ");
      }
    }
  }

  /** Checks that all is there. */
  public AcceleratorSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(array, "array");
    Objects.requireNonNull(skipping, "skipping");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(energy, "energy");
    levels = List.copyOf(levels);
    long names = levels.stream().map(level -> level.memory().name()).distinct().count();
    if (levels.isEmpty() || names < levels.size()) {
      throw new IllegalArgumentException(
          "an accelerator has memories of different names: " + levels);
    }
  }

  /** Returns the memory that holds everything. */
  public StorageLevel outermost() {
    return levels.get(levels.size() - 1);
  }
}
