package org.espalier.hw.cpu;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Times calls that take turns, so that a disturbance of the machine hits all of them; medians.
 * Untimed calls at the begin of a turn bring the operands back into the caches that the others have
 * used, as {@code espalier bench} does it.
 */
final class CallTimer {

  /** Until compiled code is in place, vectors are objects, a hundred times slower. */
  private static final long WARM_UP_NS = 500_000_000;

  private static final long SETTLED_NS = 700_000_000;
  private static final long LONGEST_WARM_UP_NS = 15_000_000_000L;

  /** What counts as faster. */
  private static final double FASTER = 0.8;

  private static final long BRING_BACK_NS = 400_000;

  private static final int ROUNDS = 7;
  private static final int TIMED_CALLS = 3;

  /** More than helper code takes, less than any kernel with vectors. */
  private static final long COMPILING_MS = 100;

  private static final int MOST_ATTEMPTS = 3;

  private CallTimer() {}

  /**
   * Returns the median time of each call in ns.
   *
   * @param progress hears of each round, and first of the warm-up
   */
  static double[] mediansNs(List<Runnable> calls, Progress progress) {
    return Arrays.stream(samplesNs(calls, progress)).mapToDouble(CallTimer::median).toArray();
  }

  /** Returns all times of each call in ns. */
  static double[][] samplesNs(List<Runnable> calls, Progress progress) {
    double[][] samples;
    long compiled;
    int attempts = 0;
    do {
      progress.at(0, ROUNDS + 1, "warm-up");
      warmUp(calls);
      compiled = compilingMs();
      samples = rounds(calls, progress);
      attempts++;
    } while (compilingMs() - compiled > COMPILING_MS && attempts < MOST_ATTEMPTS);
    return samples;
  }

  private static void warmUp(List<Runnable> calls) {
    double[] best = new double[calls.size()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    long start = System.nanoTime();
    long improved = start;
    long now = start;
    while (now - start < WARM_UP_NS
        || now - improved < SETTLED_NS && now - start < LONGEST_WARM_UP_NS) {
      for (int i = 0; i < best.length; i++) {
        long begin = System.nanoTime();
        calls.get(i).run();
        now = System.nanoTime();
        if (now - begin < FASTER * best[i]) {
          improved = now;
          best[i] = now - begin;
        }
      }
    }
  }

  private static double[][] rounds(List<Runnable> calls, Progress progress) {
    double[][] samples = new double[calls.size()][ROUNDS * TIMED_CALLS];
    for (int round = 0; round < ROUNDS; round++) {
      progress.at(round + 1, ROUNDS + 1, "measurement");
      for (int i = 0; i < samples.length; i++) {
        Runnable call = calls.get(i);
        bringBack(call);
        for (int c = 0; c < TIMED_CALLS; c++) {
          long begin = System.nanoTime();
          call.run();
          samples[i][round * TIMED_CALLS + c] = System.nanoTime() - begin;
        }
      }
    }
    return samples;
  }

  /** Short calls need several to find caches, pages and branches as in a row of their own. */
  private static void bringBack(Runnable call) {
    long begin = System.nanoTime();
    do {
      call.run();
    } while (System.nanoTime() - begin < BRING_BACK_NS);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static long compilingMs() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler != null && compiler.isCompilationTimeMonitoringSupported()
        ? compiler.getTotalCompilationTime()
        : 0;
  }
}
