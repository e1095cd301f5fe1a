package org.espalier.hw.cost;

import java.util.OptionalDouble;

/**
 * How long a layer takes.
 *
 * @param cycles of the machine's clock; none where the clock is not known or varies
 * @param us microseconds, above 0
 * @param theoreticalUs microseconds if all units always had work, at most {@code us} but for
 *     rounding
 */
public record RunTime(OptionalDouble cycles, double us, double theoreticalUs) {

  /** Checks that times are times. */
  public RunTime {
    if (!(us > 0) || Double.isInfinite(us) || !(theoreticalUs >= 0)) {
      throw new IllegalArgumentException("no times: %s, %s us".formatted(us, theoreticalUs));
    }
  }

  /**
   * Returns the times of counted cycles.
   *
   * @param cycles above 0
   * @param theoreticalCycles at least 0
   * @param clockMhz above 0
   */
  public static RunTime ofCycles(double cycles, double theoreticalCycles, double clockMhz) {
    return new RunTime(OptionalDouble.of(cycles), cycles / clockMhz, theoreticalCycles / clockMhz);
  }

  /** Returns times of which no cycles are known. */
  public static RunTime ofUs(double us, double theoreticalUs) {
    return new RunTime(OptionalDouble.empty(), us, theoreticalUs);
  }
}
