package org.espalier.hw.arch;

import java.util.List;

/**
 * A processor as the roofline sees it: how fast it multiplies, and how fast it loads from each
 * level of its memory. All figures are of one core; cores are taken to scale, which flatters main
 * memory when many cores share it.
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

  /** Returns the same machine with another number of cores at work. */
  public CpuMachine withCores(int cores) {
    return new CpuMachine(name, cores, lanes, peakGflopsPerCore, levels);
  }

  /** Returns the bytes of one vector. */
  public int vectorBytes() {
    return lanes * Float.BYTES;
  }

  /** Returns the loads of the smallest cache, 10^9 bytes per second. */
  public double firstLevelGbPerSecond() {
    return levels.get(0).loadGbPerSecond();
  }

  /**
   * Returns the rate of data read from end to end: that of the smallest level that holds it all,
   * since least-recently-used caches keep nothing of a longer stream.
   *
   * @param bytes of the data, at least 0
   */
  public double streamGbPerSecond(long bytes) {
    for (MemoryLevel level : levels) {
      if (bytes <= level.bytes()) {
        return level.loadGbPerSecond();
      }
    }
    throw new AssertionError("main memory holds everything");
  }

  /**
   * Returns the rate of data read in random order: each level serves the share of the data that it
   * holds and the smaller ones do not.
   *
   * @param bytes of the data, at least 0
   */
  public double randomGbPerSecond(long bytes) {
    if (bytes <= levels.get(0).bytes()) {
      return firstLevelGbPerSecond();
    }
    double secondsPerGb = 0;
    long below = 0;
    for (MemoryLevel level : levels) {
      long held = Math.min(bytes, level.bytes());
      secondsPerGb += (double) (held - below) / bytes / level.loadGbPerSecond();
      below = held;
    }
    return 1 / secondsPerGb;
  }
}
