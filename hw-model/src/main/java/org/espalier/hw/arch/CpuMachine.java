package org.espalier.hw.arch;

import java.util.List;

/**
 * A processor by its limits: how fast one core multiplies, and how fast it loads from each level of
 * its memory.
 *
 * @param name for reports
 * @param coresUsed how many cores work on a layer, at least 1
 * @param lanes floats of one vector, at least 1
 * @param peakGflopsPerCore float32 multiply-adds from registers, 10^9 operations per second, two
 *     per multiply-add
 * @param levels from the smallest cache to main memory, which holds {@code Long.MAX_VALUE} bytes
 */
public record CpuMachine(
    String name, int coresUsed, int lanes, double peakGflopsPerCore, List<MemoryLevel> levels) {

  /** Checks the ranges and that levels grow up to main memory. */
  public CpuMachine {
    levels = List.copyOf(levels);
    if (coresUsed < 1 || lanes < 1) {
      throw new IllegalArgumentException(
          "no machine: %d cores, %d lanes".formatted(coresUsed, lanes));
    }
    if (!(peakGflopsPerCore > 0) || Double.isInfinite(peakGflopsPerCore)) {
      throw new IllegalArgumentException("no peak: " + peakGflopsPerCore + " GFLOP/s");
    }
    long previous = 0;
    for (MemoryLevel level : levels) {
      if (level.bytes() <= previous) {
        throw new IllegalArgumentException("levels must grow: " + levels);
      }
      previous = level.bytes();
    }
    if (previous != Long.MAX_VALUE) {
      throw new IllegalArgumentException("the last level must be main memory: " + levels);
    }
  }

  /** Returns the loads of the smallest cache, 10^9 bytes per second. */
  public double firstLevelGbPerSecond() {
    return levels.get(0).loadGbPerSecond();
  }
}
