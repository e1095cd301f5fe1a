package org.espalier.hw.arch;

/**
 * What the tensor cores of a GPU do with numbers of one type, as the vendor prints it.
 *
 * @param denseTflops peak, 10^12 operations per second, two per multiply-add
 * @param sparseTflops peak that counts the skipped operations as well, at least {@code denseTflops}
 * @param operand what the sparse operand must look like
 */
public record TensorRate(double denseTflops, double sparseTflops, SparseOperand operand) {

  /** Checks the ranges. */
  public TensorRate {
    if (!(denseTflops > 0) || !(sparseTflops >= denseTflops) || Double.isInfinite(sparseTflops)) {
      throw new IllegalArgumentException(
          "no peaks: %s dense, %s sparse".formatted(denseTflops, sparseTflops));
    }
  }
}
