package org.espalier.hw.sim;

import org.espalier.hw.workload.Actual;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.BalancedPe;

/**
 * Weights shared fairly among processing elements, row i on element i mod P.
 *
 * <p>Source: S. Han et al., "ESE: Efficient Speech Recognition Engine with Sparse LSTM on FPGA",
 * FPGA 2017, section 3.2 (load-balance-aware pruning).
 */
public final class LoadBalance {

  private LoadBalance() {}

  /**
   * Prunes by magnitude, each element's rows to the same number of weights; where that does not
   * divide, to one more on some.
   *
   * @param weights row-major, rows x columns
   * @param rows a multiple of {@code pes}
   * @param columns at least 1
   * @param pes P, at least 1
   * @param sparsity fraction of zeros, in [0, 1]
   * @throws org.espalier.sparse.InvalidInputException if the elements do not divide the rows
   */
  public static Mask prune(float[] weights, int rows, int columns, int pes, double sparsity) {
    int[] shape = {rows, columns};
    BalancedPe pattern = new BalancedPe(pes);
    pattern.requireFits("weights", shape);
    float[] magnitudes = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      magnitudes[i] = Math.abs(weights[i]);
    }
    return pattern.best(Scores.of(magnitudes), shape, pattern.kept(sparsity, shape));
  }

  /**
   * Returns mean / most of the non-zeros of an element, in [0, 1]; 1 for a mask without non-zeros.
   *
   * @param mask rows x columns
   * @param pes P, at least 1
   */
  public static double staticBalance(Actual mask, int pes) {
    long[] work = new long[pes];
    for (int row = 0; row < mask.rows(); row++) {
      work[row % pes] += (long) mask.rowNonZeros(row);
    }
    return QueueTotals.balance(work);
  }
}
