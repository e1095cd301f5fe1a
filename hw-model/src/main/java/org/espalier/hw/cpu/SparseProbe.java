package org.espalier.hw.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.hw.workload.Gemm;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.PackedMatrix;
import org.espalier.sparse.kernel.Packing;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;

/** Times single products on this machine, one thread. */
public final class SparseProbe {

  private static final double NS_PER_US = 1000;

  private SparseProbe() {}

  /**
   * Times of one product, ascending.
   *
   * @param us microseconds
   */
  public record Samples(double[] us) {

    /** Returns the mean. */
    public double mean() {
      return Arrays.stream(us).average().orElseThrow();
    }

    /** Returns the time that 95 % of the samples do not exceed. */
    public double p95() {
      return us[(int) Math.ceil(0.95 * us.length) - 1];
    }
  }

  /**
   * Times {@code PackedMatrix.multiply} with weights that are random within a pattern.
   *
   * @param pattern fits m x k
   * @param density of W, in (0, 1]
   */
  public static Samples time(Gemm product, SparsityPattern pattern, double density, long seed) {
    PackedMatrix packed =
        PackedMatrix.of(weights(product, pattern, density, seed), Packing.forColumns(product.n()));
    float[] x = new float[product.k() * product.n()];
    Arrays.fill(x, 0.5f);
    float[] y = new float[product.m() * product.n()];
    return time(() -> packed.multiply(x, product.n(), y));
  }

  /** Times a dense product of the native library. */
  public static Samples time(Gemm product, DenseProbe dense) {
    try (DenseProbe.Product prepared = dense.prepare(product.m(), product.k(), product.n(), 1)) {
      return time(prepared::run);
    }
  }

  private static Samples time(Runnable call) {
    double[] ns = CallTimer.samplesNs(List.of(call), Progress.NONE)[0];
    return new Samples(Arrays.stream(ns).map(each -> each / NS_PER_US).sorted().toArray());
  }

  private static Csr weights(Gemm product, SparsityPattern pattern, double density, long seed) {
    int[] extents = {product.m(), product.k()};
    pattern.requireFits("product", extents);
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[product.m() * product.k()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble() + 0.5f;
    }
    Scores units = pattern.unitScores(Scores.of(values), extents, Aggregate.SUM);
    Mask mask = pattern.best(units, extents, pattern.kept(1 - density, extents));
    return Csr.ofDense(values, mask, product.m(), product.k());
  }
}
