package org.espalier.hw.workload;

import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * The product that a layer computes: Y[m x n] = W[m x k] * X[k x n]. For a convolution, n counts
 * the output positions of the batch; for a linear layer, the samples.
 *
 * @param name of the layer, for reports
 * @param m rows of the weight: outputs, at least 1
 * @param k columns of the weight: inputs, at least 1
 * @param n columns of the activations, at least 1
 * @param keptNonZeros weights that live, in [0, m * k]
 * @param pattern how they may lie
 */
public record LayerWork(
    String name, int m, int k, int n, long keptNonZeros, SparsityPattern pattern) {

  /**
   * Checks the ranges.
   *
   * @throws InvalidInputException naming the layer
   */
  public LayerWork {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(pattern, "pattern");
    if (m < 1 || k < 1 || n < 1) {
      throw new InvalidInputException(
          "layer '" + name + "'",
          "m, k and n of at least 1",
          "%d, %d, %d".formatted(m, k, n),
          "correct the layer's sizes");
    }
    if (keptNonZeros < 0 || keptNonZeros > (long) m * k) {
      throw new InvalidInputException(
          "layer '" + name + "'",
          "kept weights in [0, " + (long) m * k + "]",
          Long.toString(keptNonZeros),
          "correct the layer's count or sizes");
    }
  }

  /** Returns the same layer with another number of weights alive. */
  public LayerWork withKept(long kept) {
    return new LayerWork(name, m, k, n, kept, pattern);
  }

  /** Returns the number of weights, dead or alive. */
  public long weights() {
    return (long) m * k;
  }

  /** Returns zeros / weights, in [0, 1]. */
  public double sparsity() {
    return (double) (weights() - keptNonZeros) / weights();
  }

  /** Returns operations of the dense product, two per multiply-add. */
  public double denseFlops() {
    return 2.0 * weights() * n;
  }

  /** Returns operations that living weights need, two per multiply-add. */
  public double usefulFlops() {
    return 2.0 * keptNonZeros * n;
  }
}
