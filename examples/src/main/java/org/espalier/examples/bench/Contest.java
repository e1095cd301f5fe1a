package org.espalier.examples.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times computations against each other in one run: each is warmed up, then they take turns, so
 * that a drift of the machine hits all; medians are compared. One untimed call per turn brings the
 * operands back into the caches that the others have used. If the compiler was at work meanwhile,
 * all of it is repeated: until its code is in place, vectors are objects, a hundred times slower.
 */
final class Contest {

  /** A warm-up that keeps getting faster goes on, but not for ever. */
  private static final int LONGEST_WARM_UP = 5;

  /** What counts as faster. */
  private static final double FASTER = 0.9;

  /** More than helper code takes, less than any kernel with vectors. */
  private static final long COMPILING_MS = 100;

  private static final int MOST_ATTEMPTS = 3;

  /**
   * One side.
   *
   * @param prepare before each turn, not timed
   * @param call what is timed
   */
  record Side(Runnable prepare, Runnable call) {}

  private final Effort effort;
  private final LongSupplier clockNs;
  private final LongSupplier compilerMs;

  /**
   * @param effort how long to measure
   * @param clockNs the time
   * @param compilerMs what the compiler has spent so far
   */
  Contest(Effort effort, LongSupplier clockNs, LongSupplier compilerMs) {
    this.effort = effort;
    this.clockNs = clockNs;
    this.compilerMs = compilerMs;
  }

  /** Returns a contest by the clock and the compiler of this JVM. */
  static Contest of(Effort effort) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean known = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    return new Contest(
        effort, System::nanoTime, known ? compiler::getTotalCompilationTime : () -> 0);
  }

  /**
   * Measures.
   *
   * @param sides in the order in which they take turns
   * @param isNew whether code is likely to run for the first time: the warm-up is doubled
   * @return the median time of a call of each side, microseconds
   */
  double[] mediansUs(List<Side> sides, boolean isNew) {
    long warmUpNs = effort.warmUpMs() * (isNew ? 2_000_000L : 1_000_000L);
    int attempts = 0;
    double[] medians;
    long compiledBefore;
    do {
      sides.forEach(side -> warmUp(side, warmUpNs));
      compiledBefore = compilerMs.getAsLong();
      medians = rounds(sides);
      attempts++;
    } while (compilerMs.getAsLong() - compiledBefore > COMPILING_MS && attempts < MOST_ATTEMPTS);
    return medians;
  }

  private double[] rounds(List<Side> sides) {
    double[][] samples = new double[sides.size()][effort.rounds() * effort.timedCalls()];
    for (int round = 0; round < effort.rounds(); round++) {
      for (int s = 0; s < sides.size(); s++) {
        turn(sides.get(s), samples[s], round * effort.timedCalls());
      }
    }
    return Arrays.stream(samples).mapToDouble(Contest::median).toArray();
  }

  private void turn(Side side, double[] samples, int begin) {
    side.prepare().run();
    side.call().run();
    for (int call = begin; call < begin + effort.timedCalls(); call++) {
      long start = clockNs.getAsLong();
      side.call().run();
      samples[call] = (clockNs.getAsLong() - start) / 1e3;
    }
  }

  /** On a busy machine the compiler comes late: whatever has just become faster may do so again. */
  private void warmUp(Side side, long leastNs) {
    side.prepare().run();
    long start = clockNs.getAsLong();
    long now = start;
    long improved = start;
    long best = Long.MAX_VALUE;
    boolean again = true;
    while (again) {
      long begin = now;
      side.call().run();
      now = clockNs.getAsLong();
      if (now - begin < FASTER * best) {
        best = now - begin;
        improved = now;
      }
      again =
          now - start < leastNs
              || now - improved < leastNs / 2 && now - start < LONGEST_WARM_UP * leastNs;
    }
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
