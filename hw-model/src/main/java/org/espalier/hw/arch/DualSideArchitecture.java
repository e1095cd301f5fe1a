package org.espalier.hw.arch;

import java.util.Objects;

/**
 * A tensor core that multiplies by outer products and skips zeros of both operands.
 *
 * @param name that the command line uses
 * @param macs multipliers, a multiple of {@code leftStep * rightStep}
 * @param tile rows and columns of the output that one outer product updates
 * @param leftStep non-zeros of a column of activations that an instruction takes, a divisor of tile
 * @param rightStep non-zeros of a row of weights that an instruction takes, a divisor of tile
 * @param leastInstructions of an outer product, however few its non-zeros: those that read bitmaps
 * @param block rows and columns of the output that share operands in the shared memory
 * @param wordsPerCycle of the operands' type that the shared memory delivers
 * @param clockMhz above 0
 */
public record DualSideArchitecture(
    String name,
    int macs,
    int tile,
    int leftStep,
    int rightStep,
    int leastInstructions,
    int block,
    double wordsPerCycle,
    double clockMhz) {

  /** Checks the ranges. */
  public DualSideArchitecture {
    Objects.requireNonNull(name, "name");
    if (Math.min(leftStep, rightStep) < 1
        || tile % leftStep != 0
        || tile % rightStep != 0
        || macs < 1
        || macs % (leftStep * rightStep) != 0) {
      throw new IllegalArgumentException(
          "no dual-side core: %d multipliers, tiles of %d, steps of %d and %d"
              .formatted(macs, tile, leftStep, rightStep));
    }
    int most = tile / leftStep * (tile / rightStep);
    if (leastInstructions < 1 || leastInstructions > most || block < tile) {
      throw new IllegalArgumentException(
          "%d instructions at least, of %d; blocks of %d"
              .formatted(leastInstructions, most, block));
    }
    if (!(wordsPerCycle > 0) || !(clockMhz > 0)) {
      throw new IllegalArgumentException(
          "%s words per cycle, %s MHz".formatted(wordsPerCycle, clockMhz));
    }
  }

  /**
   * Returns the core of Y. Wang et al., "Dual-side Sparse Tensor Core", ISCA 2021: outer products
   * of 32 x 32 by instructions of 8 x 16, and two instructions for the bitmaps (from memory), on
   * the clock of the V100 that it extends. It has the 1024 multipliers and 42 words per cycle that
   * the case study of Sparseloop (Wu et al., MICRO 2022) gives it; blocks of 128 x 128 are our
   * assumption.
   */
  public static DualSideArchitecture wang() {
    return new DualSideArchitecture("dstc", 1024, 32, 8, 16, 2, 128, 42, 1530);
  }

  /** Returns how many instructions the multipliers take in a cycle. */
  public int instructionsPerCycle() {
    return macs / (leftStep * rightStep);
  }
}
