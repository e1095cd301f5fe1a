package org.espalier.examples.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.espalier.sparse.pattern.SparsityPattern;

/** Measures single products exactly as {@code espalier bench} does, for studies. */
public final class ProductBench implements AutoCloseable {

  private static final String ENGINE = "PyTorch";

  private final int threads;
  private final int threadsBefore = JniUtils.getNumThreads();
  private final ExecutorService workers;
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
  private final CaseBench bench;

  /**
   * A product that was measured.
   *
   * @param sparseUs median of the packed kernels
   * @param denseUs median of libtorch
   * @param kernel layout of the packed matrix
   */
  public record Times(double sparseUs, double denseUs, String kernel) {}

  /**
   * @param threads of both sides
   * @param effort how long to measure
   * @param seed of weights and inputs
   */
  public ProductBench(int threads, Effort effort, long seed) {
    this.threads = threads;
    this.workers = BenchJob.workers(threads - 1);
    BenchOptions options =
        new BenchOptions(
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            threads,
            seed,
            effort,
            Optional.empty(),
            Optional.empty());
    this.bench = new CaseBench(options, manager, workers, 1);
  }

  /**
   * Measures.
   *
   * @param pattern that fits the shape
   * @param sparsity asked of the pattern
   */
  public Times measure(BenchShape shape, SparsityPattern pattern, double sparsity) {
    JniUtils.setNumThreads(threads);
    BenchRow row = bench.measure(new BenchCase(shape, pattern, sparsity)).row();
    return new Times(row.medianUs(), row.denseMedianUs(), row.kernel());
  }

  @Override
  public void close() {
    workers.shutdown();
    manager.close();
    JniUtils.setNumThreads(threadsBefore);
  }
}
