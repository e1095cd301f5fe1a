package org.espalier.hw.cpu;

import java.util.Arrays;

/**
 * Least squares with coefficients of at least 0: C. L. Lawson, R. J. Hanson, Solving Least Squares
 * Problems, Prentice-Hall 1974, chapter 23, algorithm NNLS, on the normal equations.
 *
 * <p>Times span five orders of magnitude, so relative errors are what is squared: each row is
 * divided by its time. A disturbed measurement is an outlier; rows far from the fit lose weight, as
 * in E. J. Schlossmacher, "An Iterative Technique for Absolute Deviations Curve Fitting", Journal
 * of the American Statistical Association 68(344), 1973, half way to least absolute deviations.
 */
final class NonNegativeFit {

  private static final int REWEIGHTINGS = 15;

  /** Relative errors below this are noise, and weigh alike. */
  private static final double NOISE = 0.05;

  /**
   * Terms that measurements hardly tell apart share a cost, as in A. E. Hoerl, R. W. Kennard,
   * "Ridge Regression", Technometrics 12(1), 1970; columns are scaled to a largest share of 1.
   */
  private static final double RIDGE = 1e-4;

  private static final double TOLERANCE = 1e-10;

  private NonNegativeFit() {}

  /**
   * Returns coefficients c of at least 0 whose sums of terms come close to the times, relatively.
   *
   * @param terms one row per measurement, at least 0
   * @param times of the measurements, above 0
   */
  static double[] relative(double[][] terms, double[] times) {
    int count = terms[0].length;
    double[] scale = new double[count];
    for (int row = 0; row < times.length; row++) {
      for (int i = 0; i < count; i++) {
        scale[i] = Math.max(scale[i], terms[row][i] / times[row]);
      }
    }
    double[][] a = new double[times.length][count];
    for (int row = 0; row < times.length; row++) {
      for (int i = 0; i < count; i++) {
        a[row][i] = scale[i] == 0 ? 0 : terms[row][i] / times[row] / scale[i];
      }
    }
    double[] weights = new double[times.length];
    Arrays.fill(weights, 1);
    double[] solution = new double[count];
    for (int round = 0; round <= REWEIGHTINGS; round++) {
      solution = weighted(a, weights);
      for (int row = 0; row < weights.length; row++) {
        weights[row] = 1 / Math.max(NOISE, Math.abs(dot(a[row], solution) - 1));
      }
    }
    for (int i = 0; i < count; i++) {
      solution[i] = scale[i] == 0 ? 0 : solution[i] / scale[i];
    }
    return solution;
  }

  private static double[] weighted(double[][] a, double[] weights) {
    int count = a[0].length;
    double[][] rows = new double[a.length + count][count];
    double[] ones = new double[rows.length];
    double mean = Arrays.stream(weights).average().orElseThrow();
    for (int row = 0; row < a.length; row++) {
      double root = Math.sqrt(weights[row] / mean);
      rows[row] = Arrays.stream(a[row]).map(x -> x * root).toArray();
      ones[row] = root;
    }
    for (int i = 0; i < count; i++) {
      rows[a.length + i][i] = Math.sqrt(RIDGE * a.length);
    }
    return solve(rows, ones);
  }

  /**
   * Returns the x of at least 0 that makes |a x - b| smallest.
   *
   * @param a rows of equal length
   * @param b one value per row
   */
  static double[] solve(double[][] a, double[] b) {
    int count = a[0].length;
    double[][] products = new double[count][count];
    double[] target = new double[count];
    for (int row = 0; row < b.length; row++) {
      for (int i = 0; i < count; i++) {
        target[i] += a[row][i] * b[row];
        for (int j = 0; j < count; j++) {
          products[i][j] += a[row][i] * a[row][j];
        }
      }
    }
    double[] x = new double[count];
    boolean[] free = new boolean[count];
    boolean[] refused = new boolean[count];
    for (int step = 0; step < 10 * count; step++) {
      int steepest = steepest(products, target, x, free, refused);
      if (steepest < 0) {
        break;
      }
      free[steepest] = true;
      double[] before = x;
      x = descend(products, target, x, free);
      if (x[steepest] <= 0) {
        // Rounding alone made it look useful: taking it back keeps the loop from circling.
        free[steepest] = false;
        refused[steepest] = true;
        x = before;
      } else {
        Arrays.fill(refused, false);
      }
    }
    return x;
  }

  private static int steepest(
      double[][] products, double[] target, double[] x, boolean[] free, boolean[] refused) {
    int best = -1;
    double most = 0;
    for (int i = 0; i < x.length; i++) {
      double gradient = target[i] - dot(products[i], x);
      boolean real = gradient > TOLERANCE * Math.max(1, Math.abs(target[i]));
      if (!free[i] && !refused[i] && real && gradient > most) {
        most = gradient;
        best = i;
      }
    }
    return best;
  }

  /** Moves to the least squares of the free variables; those that would turn negative drop out. */
  private static double[] descend(
      double[][] products, double[] target, double[] from, boolean[] free) {
    double[] x = from.clone();
    while (true) {
      double[] wanted = unconstrained(products, target, free);
      double step = 1;
      for (int i = 0; i < x.length; i++) {
        if (free[i] && wanted[i] <= 0) {
          step = Math.min(step, x[i] == wanted[i] ? 0 : x[i] / (x[i] - wanted[i]));
        }
      }
      boolean dropped = false;
      for (int i = 0; i < x.length; i++) {
        if (free[i]) {
          x[i] += step * (wanted[i] - x[i]);
          if (wanted[i] <= 0 && x[i] <= TOLERANCE) {
            x[i] = 0;
            free[i] = false;
            dropped = true;
          }
        }
      }
      if (!dropped) {
        return x;
      }
    }
  }

  /** Solves the normal equations of the free variables by elimination with pivots. */
  private static double[] unconstrained(double[][] products, double[] target, boolean[] free) {
    int count = target.length;
    double[][] m = new double[count][count + 1];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        m[i][j] = free[i] && free[j] ? products[i][j] : 0;
      }
      // A trace of ridge: terms that are multiples of each other share their cost.
      m[i][i] = free[i] ? m[i][i] * (1 + TOLERANCE) : 1;
      m[i][count] = free[i] ? target[i] : 0;
    }
    for (int i = 0; i < count; i++) {
      int pivot = i;
      for (int row = i + 1; row < count; row++) {
        pivot = Math.abs(m[row][i]) > Math.abs(m[pivot][i]) ? row : pivot;
      }
      double[] swap = m[i];
      m[i] = m[pivot];
      m[pivot] = swap;
      for (int row = 0; row < count; row++) {
        double factor = row == i ? 0 : m[row][i] / m[i][i];
        for (int j = i; factor != 0 && j <= count; j++) {
          m[row][j] -= factor * m[i][j];
        }
      }
    }
    double[] solution = new double[count];
    for (int i = 0; i < count; i++) {
      solution[i] = m[i][count] / m[i][i];
    }
    return solution;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
