package org.espalier.examples.job;

import java.util.Arrays;
import org.espalier.pruning.report.Timing;

/**
 * Times a dense and a sparse computation against each other in one run: after a warm-up, the two
 * take turns, so that a drift of the machine hits both; medians are compared.
 */
final class LayerBench {

  private static final long WARM_UP_NS = 700_000_000L;
  private static final int ROUNDS = 51;

  private LayerBench() {}

  static Timing measure(Runnable dense, Runnable sparse) {
    long end = System.nanoTime() + WARM_UP_NS;
    do {
      dense.run();
      sparse.run();
    } while (System.nanoTime() < end);
    double[] denseUs = new double[ROUNDS];
    double[] sparseUs = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      denseUs[round] = timeUs(dense);
      sparseUs[round] = timeUs(sparse);
    }
    return new Timing(median(denseUs), median(sparseUs));
  }

  /** One untimed call brings the operands back into the caches that the other side has used. */
  private static double timeUs(Runnable work) {
    work.run();
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e3;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
