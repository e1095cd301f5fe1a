package org.espalier.hw.arch;

/**
 * One level of the memory of a processor, as one core sees it.
 *
 * @param name for example {@code L2}
 * @param bytes what it holds for one core, at least 1; {@code Long.MAX_VALUE} for main memory
 * @param loadGbPerSecond sustained loads of whole vectors, 10^9 bytes per second, above 0
 */
public record MemoryLevel(String name, long bytes, double loadGbPerSecond) {

  /** Checks the ranges. */
  public MemoryLevel {
    if (bytes < 1 || !(loadGbPerSecond > 0) || Double.isInfinite(loadGbPerSecond)) {
      throw new IllegalArgumentException(
          "no memory level: %s, %d bytes, %s GB/s".formatted(name, bytes, loadGbPerSecond));
    }
  }
}
