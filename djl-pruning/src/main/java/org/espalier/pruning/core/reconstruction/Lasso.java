package org.espalier.pruning.core.reconstruction;

/**
 * argmin over β of (βᵀ Q β - 2 qᵀ β) / 2N + λ Σ|β_j| by cyclic coordinate descent: β_j = S(q_j -
 * Σ_(k≠j) Q_jk β_k, λ N) / Q_jj, with soft thresholding S.
 *
 * <p>Source: J. Friedman, T. Hastie, R. Tibshirani, "Regularization paths for generalized linear
 * models via coordinate descent", Journal of Statistical Software 33(1), 2010, sections 2.1 and 2.2
 * (covariance updates; from memory).
 */
final class Lasso {

  private static final int SWEEPS = 10_000;
  private static final double CHANGE = 1e-10;

  private final double[][] squares;
  private final double[] cross;
  private final double rows;

  /**
   * @param squares Q, symmetric and positive semidefinite
   * @param cross q
   * @param rows N
   */
  Lasso(double[][] squares, double[] cross, double rows) {
    this.squares = squares;
    this.cross = cross;
    this.rows = rows;
  }

  /** Returns the least λ at which β = 0. */
  double largest() {
    double largest = 0;
    for (double q : cross) {
      largest = Math.max(largest, Math.abs(q));
    }
    return largest / rows;
  }

  /** Solves from a start, which is overwritten with the solution. */
  void solve(double lambda, double[] beta) {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double change = 0;
      double size = 0;
      for (int j = 0; j < beta.length; j++) {
        double rest = cross[j] + squares[j][j] * beta[j];
        for (int k = 0; k < beta.length; k++) {
          rest -= squares[j][k] * beta[k];
        }
        double shrunk = Math.signum(rest) * Math.max(0, Math.abs(rest) - lambda * rows);
        double next = squares[j][j] > 0 ? shrunk / squares[j][j] : 0;
        change = Math.max(change, Math.abs(next - beta[j]));
        size = Math.max(size, Math.abs(next));
        beta[j] = next;
      }
      if (change <= CHANGE * size) {
        return;
      }
    }
  }
}
