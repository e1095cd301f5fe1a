package org.espalier.hw.workload;

import org.espalier.sparse.InvalidInputException;

/**
 * A matrix product Y[m x n] = W[m x k] X[k x n].
 *
 * @param m rows of the weight: outputs, at least 1
 * @param k columns of the weight: inputs, at least 1
 * @param n columns of the activations: samples, or output positions of all samples; at least 1
 */
public record Gemm(int m, int k, int n) implements LayerShape {

  /**
   * Checks the ranges.
   *
   * @throws InvalidInputException if a size is below 1 or an operand has more than 2^31 - 1 values
   */
  public Gemm {
    if (m < 1 || k < 1 || n < 1) {
      throw new InvalidInputException(
          "matrix product",
          "m, k and n of at least 1",
          "%d, %d, %d".formatted(m, k, n),
          "correct the sizes");
    }
    if (Math.max(Math.max((long) m * k, (long) k * n), (long) m * n) > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "matrix product",
          "operands of at most 2^31 - 1 values",
          "m, k, n = %d, %d, %d".formatted(m, k, n),
          "cut the layer into parts");
    }
  }

  @Override
  public Gemm gemm() {
    return this;
  }

  @Override
  public int products() {
    return 1;
  }

  @Override
  public int weightRows() {
    return m;
  }

  @Override
  public int weightColumns() {
    return k;
  }

  @Override
  public int activationRows() {
    return k;
  }

  @Override
  public int activationColumns() {
    return n;
  }
}
