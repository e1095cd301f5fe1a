package org.espalier.hw.cost;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/**
 * An operation whose time is asked for.
 *
 * @param operation what is computed by what
 * @param sample the product of one sample, Y[m x n] = W[m x k] X[k x n]
 * @param pattern of the zeros of W
 * @param density of W, above 0, up to 1
 * @param type of all numbers
 * @param batch samples of one run, at least 1: X has n * batch columns
 */
public record LatencyQuery(
    Operation operation,
    Gemm sample,
    SparsityPattern pattern,
    double density,
    DataType type,
    int batch) {

  /** What can be asked for. */
  public enum Operation {
    /** A product whose zeros are left out. */
    SPARSE_GEMM("sparse-gemm"),
    /** The native library's product, zeros included. */
    DENSE_GEMM("dense-gemm");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    /** Returns the name that files use. */
    public String text() {
      return text;
    }

    /**
     * Reads a name.
     *
     * @throws InvalidInputException listing the names
     */
    public static Operation parse(String text) {
      return Arrays.stream(values())
          .filter(operation -> operation.text.equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidInputException(
                      "op",
                      "one of "
                          + Arrays.stream(values())
                              .map(Operation::text)
                              .collect(Collectors.joining(", ")),
                      "'" + text + "'",
                      "correct the operation"));
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws InvalidInputException naming what is out of range
   */
  public LatencyQuery {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(pattern, "pattern");
    Objects.requireNonNull(type, "type");
    if (!(density > 0 && density <= 1)) {
      throw new InvalidInputException(
          "density", "a number above 0, up to 1", density + "", "correct the density");
    }
    if (batch < 1 || (long) sample.n() * batch > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "batch", "1 to " + Integer.MAX_VALUE / sample.n(), batch + "", "correct the batch");
    }
  }

  /** Returns the question about the sparse kernels in float32. */
  public static LatencyQuery sparse(Gemm sample, SparsityPattern pattern, double density) {
    return new LatencyQuery(Operation.SPARSE_GEMM, sample, pattern, density, DataType.FP32, 1);
  }

  /** Returns the question about the native library in float32. */
  public static LatencyQuery dense(Gemm sample) {
    return new LatencyQuery(
        Operation.DENSE_GEMM, sample, Unstructured.INSTANCE, 1, DataType.FP32, 1);
  }

  /** Returns the product of the whole batch. */
  public Gemm product() {
    return new Gemm(sample.m(), sample.k(), sample.n() * batch);
  }
}
