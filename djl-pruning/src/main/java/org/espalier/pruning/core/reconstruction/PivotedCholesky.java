package org.espalier.pruning.core.reconstruction;

import java.util.Arrays;

/**
 * Features orthogonalized one after the other, in an order that the caller chooses: the triangular
 * factor of a QR decomposition with column pivoting, computed from the features' {@link Moments} as
 * a Cholesky factor. A feature that depends on those before it adds nothing and is passed over, so
 * that singular systems are solved, too.
 *
 * <p>Source: G. Golub, C. Van Loan, "Matrix Computations", 4th edition, sections 5.4.2 (pivoted QR)
 * and 4.2.8 (Cholesky with pivoting); the R of the first is the transposed factor of the second.
 * Residuals relative to a feature's norm are right down to about 1e-8.
 */
public final class PivotedCholesky {

  /** Squared relative residual under which a feature is taken for dependent. */
  private static final double DEPENDENT = 1e-13;

  private final Moments moments;
  private final double[][] factor;
  private final double[] squares;
  private final int[] pivots;
  private int rank;

  /** Nothing is orthogonalized yet. */
  public PivotedCholesky(Moments moments) {
    this.moments = moments;
    int count = moments.features() + 1;
    factor = new double[count][0];
    squares = new double[count];
    Arrays.setAll(squares, i -> moments.product(i, i));
    pivots = new int[count];
  }

  /**
   * Returns how much of a feature the pivots do not explain: the norm of the residual of its least
   * squares fit by them, divided by its own norm; 0 for a feature that is always 0.
   */
  public double residual(int feature) {
    double norm = moments.product(feature, feature);
    return norm > 0 ? Math.sqrt(Math.max(0, squares[feature]) / norm) : 0;
  }

  /** Makes a feature the next pivot, unless it depends on those there are. */
  public void pivot(int feature) {
    double norm = moments.product(feature, feature);
    if (!(squares[feature] > DEPENDENT * norm)) {
      return;
    }
    double diagonal = Math.sqrt(squares[feature]);
    double[] own = factor[feature];
    for (int i = 0; i < factor.length; i++) {
      if (rank == factor[i].length) {
        factor[i] = Arrays.copyOf(factor[i], Math.max(8, Math.min(2 * rank, factor.length)));
        own = factor[feature];
      }
    }
    for (int i = 0; i < factor.length; i++) {
      if (i != feature) {
        double[] row = factor[i];
        row[rank] = (moments.product(i, feature) - dot(row, own, rank)) / diagonal;
        squares[i] -= row[rank] * row[rank];
      }
    }
    own[rank] = diagonal;
    squares[feature] = 0;
    pivots[rank++] = feature;
  }

  /**
   * Returns the coefficients, by feature, with which the pivots come nearest to a feature.
   *
   * @param feature any, the constant too
   */
  public double[] coefficients(int feature) {
    return expanded(Arrays.copyOf(factor[feature], rank));
  }

  /**
   * Returns the coefficients, by feature, with which the pivots come nearest to a target.
   *
   * @param products sums of target times feature, by feature
   */
  public double[] solve(double[] products) {
    double[] b = new double[rank];
    for (int k = 0; k < rank; k++) {
      double[] row = factor[pivots[k]];
      b[k] = (products[pivots[k]] - dot(row, b, k)) / row[k];
    }
    return expanded(b);
  }

  /** Solves with the transposed factor; features that are no pivots get 0. */
  private double[] expanded(double[] b) {
    double[] result = new double[factor.length];
    for (int k = rank - 1; k >= 0; k--) {
      double[] row = factor[pivots[k]];
      b[k] /= row[k];
      for (int i = 0; i < k; i++) {
        b[i] -= row[i] * b[k];
      }
      result[pivots[k]] = b[k];
    }
    return result;
  }

  private static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
