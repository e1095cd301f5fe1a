package org.espalier.pruning.core.curvature;

import java.util.stream.IntStream;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.sparse.InvalidInputException;

/**
 * H = lambda I + (1/N) Gᵀ G over some weights of a tensor, G the gradients of N single examples:
 * the empirical Fisher matrix as an estimate of the Hessian. No matrix larger than N x N is made:
 * where there are more weights than examples, systems are solved in the space of examples. The
 * diagonal of H^-1 over n weights costs some n N² multiplications, an update some n N²/2.
 *
 * <p>Source: B. Hassibi, D. Stork, "Second order derivatives for network pruning: Optimal Brain
 * Surgeon", NIPS 1992, section 3; S. P. Singh, D. Alistarh, "WoodFisher", NeurIPS 2020. With K =
 * lambda N I + G Gᵀ the identities used are
 *
 * <ul>
 *   <li>H^-1 = (I - Gᵀ K^-1 G) / lambda (Woodbury)
 *   <li>(lambda N I + Gᵀ G)^-1 Gᵀ = Gᵀ K^-1 (push-through)
 * </ul>
 */
public final class EmpiricalFisher {

  /** Lambda, as components declare it: the upper end of the range that Hassibi and Stork give. */
  public static final Parameter LAMBDA =
      Parameter.number("lambda", 1e-4, "added to the diagonal of the curvature, above 0");

  /** Columns that are solved for at once, so that the inner loops run over neighbours. */
  private static final int BLOCK = 256;

  private final float[] samples;
  private final int weights;
  private final int examples;
  private final double ridge;

  /**
   * Takes over the gradients of one tensor.
   *
   * @param samples one row of gradients per example; not copied, not changed
   * @param weights length of a row
   * @param lambda above 0
   */
  public EmpiricalFisher(float[] samples, int weights, double lambda) {
    requireLambda(lambda);
    if (samples.length == 0 || samples.length % weights != 0) {
      throw new IllegalArgumentException(samples.length + " numbers, rows of " + weights);
    }
    this.samples = samples;
    this.weights = weights;
    this.examples = samples.length / weights;
    this.ridge = lambda * examples;
  }

  /** Refuses a lambda that is not above 0 or not finite. */
  public static void requireLambda(double lambda) {
    if (!(lambda > 0) || Double.isInfinite(lambda)) {
      throw new InvalidInputException(
          "lambda", "a number above 0", Double.toString(lambda), "use 1e-8 to 1e-4");
    }
  }

  /** Returns the indices of the weights that are not exactly zero, ascending. */
  public static int[] live(float[] values) {
    return IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
  }

  /**
   * Returns the diagonal of H^-1, H over the weights {@code live} only. In the space of examples it
   * is a difference from 1; where rounding leaves less than the bound 1 / H_qq, it is the bound.
   *
   * @param live row-major indices
   * @throws InvalidInputException if lambda is too small for the gradients in double precision
   */
  public double[] inverseDiagonal(int[] live) {
    boolean inWeights = live.length <= examples;
    Cholesky factor = factor(inWeights ? overWeights(live) : overExamples(live));
    double[] diagonal = new double[live.length];
    for (int from = 0; from < live.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, live.length);
      double[][] block = inWeights ? units(live.length, from, to) : columns(live, from, to);
      double[] before = squares(block);
      factor.forward(block);
      double[] after = squares(block);
      for (int q = from; q < to; q++) {
        // H = A / N with A = L Lᵀ: [H^-1]_qq = N |L^-1 e_q|²
        diagonal[q] =
            inWeights
                ? examples * after[q - from]
                : Math.max(
                    examples / (ridge + before[q - from]),
                    (1 - after[q - from]) * examples / ridge);
      }
    }
    return diagonal;
  }

  /**
   * Returns the change of the weights {@code survivors} that minimizes dwᵀ H dw / 2 when the
   * weights {@code removed} go to zero: d_S = H_SS^-1 H_SR w_R = (lambda N I + G_Sᵀ G_S)^-1 G_Sᵀ
   * (G_R w_R).
   *
   * @param survivors row-major indices S
   * @param removed row-major indices R, none of them in S
   * @param values all weights before the removal
   * @throws InvalidInputException if lambda is too small for the gradients in double precision
   */
  public double[] update(int[] survivors, int[] removed, float[] values) {
    if (removed.length == 0) {
      return new double[survivors.length];
    }
    double[] lost = new double[examples];
    for (int e = 0; e < examples; e++) {
      for (int r : removed) {
        lost[e] += (double) at(e, r) * values[r];
      }
    }
    if (survivors.length <= examples) {
      double[] change = transposed(survivors, lost);
      factor(overWeights(survivors)).solve(change);
      return change;
    }
    factor(overExamples(survivors)).solve(lost);
    return transposed(survivors, lost);
  }

  private float at(int example, int weight) {
    return samples[example * weights + weight];
  }

  private static Cholesky factor(double[][] matrix) {
    try {
      return Cholesky.of(matrix);
    } catch (ArithmeticException e) {
      throw new InvalidInputException(
          "lambda",
          "a curvature that is positive definite in double precision",
          e.getMessage(),
          "raise lambda",
          e);
    }
  }

  /** Returns columns of the identity. */
  private static double[][] units(int n, int from, int to) {
    double[][] units = new double[n][to - from];
    for (int q = from; q < to; q++) {
      units[q][q - from] = 1;
    }
    return units;
  }

  /** Returns columns of G. */
  private double[][] columns(int[] indices, int from, int to) {
    double[][] columns = new double[examples][to - from];
    for (int e = 0; e < examples; e++) {
      for (int i = from; i < to; i++) {
        columns[e][i - from] = at(e, indices[i]);
      }
    }
    return columns;
  }

  /** Returns Gᵀ b over some weights. */
  private double[] transposed(int[] indices, double[] b) {
    double[] product = new double[indices.length];
    for (int e = 0; e < examples; e++) {
      for (int i = 0; i < indices.length; i++) {
        product[i] += at(e, indices[i]) * b[e];
      }
    }
    return product;
  }

  /** Returns the lower triangle of lambda N I + Gᵀ G over some weights. */
  private double[][] overWeights(int[] indices) {
    double[][] matrix = ridge(indices.length);
    double[] row = new double[indices.length];
    for (int e = 0; e < examples; e++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = at(e, indices[i]);
      }
      addSquare(matrix, row);
    }
    return matrix;
  }

  /** Returns the lower triangle of lambda N I + G Gᵀ over some weights. */
  private double[][] overExamples(int[] indices) {
    double[][] matrix = ridge(examples);
    double[] column = new double[examples];
    for (int index : indices) {
      for (int e = 0; e < examples; e++) {
        column[e] = at(e, index);
      }
      addSquare(matrix, column);
    }
    return matrix;
  }

  /** Returns the lower triangle of lambda N I. */
  private double[][] ridge(int n) {
    double[][] matrix = new double[n][];
    for (int i = 0; i < n; i++) {
      matrix[i] = new double[i + 1];
      matrix[i][i] = ridge;
    }
    return matrix;
  }

  /** Adds v vᵀ to a lower triangle. */
  private static void addSquare(double[][] matrix, double[] v) {
    for (int i = 0; i < v.length; i++) {
      double factor = v[i];
      double[] row = matrix[i];
      for (int j = 0; j <= i; j++) {
        row[j] += factor * v[j];
      }
    }
  }

  /** Returns the sum of squares of every column. */
  private static double[] squares(double[][] rows) {
    double[] sums = new double[rows[0].length];
    for (double[] row : rows) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += row[c] * row[c];
      }
    }
    return sums;
  }
}
