package org.espalier.examples.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.PackedMatrix;
import org.espalier.sparse.kernel.Packing;

/**
 * Measures one product: libtorch with W and X in its own memory, its result closed; and a packed W
 * with X and Y in Java arrays, whose packing of X counts. With several threads, both also on one
 * thread in the same rounds.
 */
final class CaseBench {

  private final BenchOptions options;
  private final NDManager manager;
  private final ExecutorService workers;
  private final double fmaPeakGflops;
  private final Contest contest;
  private final Set<String> seenKernels = new HashSet<>();

  /** A row, and what the same product takes on one thread: that of the row if it has one. */
  record Measured(BenchRow row, ScalingRow scaling) {}

  /**
   * @param manager of libtorch
   * @param workers run all parts of a product but one, without spinning
   * @param fmaPeakGflops of all threads
   */
  CaseBench(
      BenchOptions options, NDManager manager, ExecutorService workers, double fmaPeakGflops) {
    this.options = options;
    this.manager = manager;
    this.workers = workers;
    this.fmaPeakGflops = fmaPeakGflops;
    this.contest = Contest.of(options.effort());
  }

  /**
   * Measures.
   *
   * @throws IllegalStateException if the product is wrong
   */
  Measured measure(BenchCase row) {
    BenchShape shape = row.shape();
    RandomOperands operands =
        RandomOperands.of(shape, row.pattern(), row.sparsity(), options.seed());
    Csr csr = Csr.ofDense(operands.weights(), operands.mask(), shape.m(), shape.k());
    PackedMatrix packed = PackedMatrix.of(csr, packing(shape.n()));
    float[] x = operands.input();
    float[] y = new float[shape.m() * shape.n()];
    try (NDManager local = manager.newSubManager();
        NDArray w = native2d(local, operands.weights(), shape.m(), shape.k());
        NDArray input = native2d(local, x, shape.k(), shape.n())) {
      Runnable dense = () -> w.matMul(input).close();
      Runnable sparse = () -> packed.multiply(x, shape.n(), y);
      Runnable sparseShared =
          () -> packed.multiply(x, shape.n(), y, Epilogue.NONE, workers, options.threads());
      check(sparse, y, w, input, longestRow(csr));
      check(sparseShared, y, w, input, longestRow(csr));
      boolean isNew = seenKernels.add(packed.kernel() + " " + shape.n());
      double[] medians =
          contest.mediansUs(
              options.threads() == 1
                  ? List.of(denseSide(1, dense), new Contest.Side(() -> {}, sparse))
                  : List.of(
                      denseSide(options.threads(), dense),
                      new Contest.Side(() -> {}, sparseShared),
                      denseSide(1, dense),
                      new Contest.Side(() -> {}, sparse)),
              isNew);
      return result(row, medians, 2.0 * csr.nonZeros() * shape.n(), packed.kernel());
    }
  }

  /** A vector has a kernel of its own, whatever layout is asked for. */
  private Packing packing(int n) {
    Packing chosen = Packing.forColumns(n);
    return n == 1 ? chosen : options.layout().map(chosen::withLayout).orElse(chosen);
  }

  private static Contest.Side denseSide(int threads, Runnable dense) {
    return new Contest.Side(() -> JniUtils.setNumThreads(threads), dense);
  }

  /** An array made from Java memory lives in a Java buffer: the copy is libtorch's own. */
  private static NDArray native2d(NDManager manager, float[] values, int rows, int columns) {
    try (NDArray buffer = manager.create(values, new Shape(rows, columns))) {
      return buffer.duplicate();
    }
  }

  private static void check(Runnable sparse, float[] y, NDArray w, NDArray x, int terms) {
    Arrays.fill(y, Float.NaN);
    sparse.run();
    try (NDArray expected = w.matMul(x);
        NDArray absoluteW = w.abs();
        NDArray absoluteX = x.abs();
        NDArray magnitudes = absoluteW.matMul(absoluteX)) {
      ProductCheck.require(y, expected.toFloatArray(), magnitudes.toFloatArray(), terms);
    }
  }

  private static int longestRow(Csr csr) {
    int[] pointers = csr.rowPointers();
    int longest = 0;
    for (int row = 0; row < csr.rows(); row++) {
      longest = Math.max(longest, pointers[row + 1] - pointers[row]);
    }
    return longest;
  }

  private Measured result(BenchCase of, double[] medians, double operations, String kernel) {
    BenchShape shape = of.shape();
    double denseUs = medians[0];
    double sparseUs = medians[1];
    double oneDenseUs = medians[medians.length - 2];
    double oneSparseUs = medians[medians.length - 1];
    double gflops = operations / sparseUs / 1e3;
    BenchRow row =
        new BenchRow(
            shape.m(),
            shape.k(),
            shape.n(),
            of.pattern().text(),
            of.sparsity(),
            options.threads(),
            sparseUs,
            denseUs,
            gflops,
            denseUs / sparseUs,
            gflops / fmaPeakGflops,
            kernel);
    ScalingRow scaling =
        new ScalingRow(
            shape.m(),
            shape.k(),
            shape.n(),
            of.pattern().text(),
            of.sparsity(),
            options.threads(),
            oneSparseUs,
            oneDenseUs,
            oneSparseUs / sparseUs,
            oneDenseUs / denseUs);
    return new Measured(row, scaling);
  }
}
