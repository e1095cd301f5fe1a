package org.espalier.pruning.core.allocation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.sparse.mask.Counts;

/**
 * Rounds the parts of a whole so that they sum to it: each part to the nearest count, then one more
 * or less for those whose rounding went furthest the wrong way (the method of largest remainders,
 * A. Hamilton 1792, started from rounded and not from truncated shares).
 */
final class Apportioning {

  /** No count: the tensor keeps what rounding gives it. */
  static final int FIXED = -1;

  private Apportioning() {}

  /**
   * Returns sparsities 1 - kept / n whose kept counts sum to the total, as far as one unit per
   * tensor can do that.
   *
   * @param sparsities wanted, each in [0, 1]
   * @param units n of each tensor
   * @param least units that a tensor keeps at least if it keeps one less than rounding gives it;
   *     {@link #FIXED} where it may keep neither less nor more
   * @param total units to keep
   */
  static double[] exact(double[] sparsities, int[] units, int[] least, long total) {
    long[] kept = new long[units.length];
    double[] lost = new double[units.length];
    long missing = total;
    for (int i = 0; i < kept.length; i++) {
      kept[i] = Counts.kept(sparsities[i], units[i]);
      lost[i] = (1 - sparsities[i]) * units[i] - kept[i];
      missing -= kept[i];
    }
    int step = Long.signum(missing);
    // Sorting is stable: the earlier tensor first where two lost as much.
    List<Integer> hardestHit =
        IntStream.range(0, kept.length)
            .filter(i -> least[i] != FIXED)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -step * lost[i]))
            .toList();
    for (int i : hardestHit) {
      if (missing != 0 && (step > 0 || kept[i] > least[i]) && kept[i] + step <= units[i]) {
        kept[i] += step;
        missing -= step;
      }
    }
    double[] exact = new double[units.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = units[i] == 0 ? 0 : (double) (units[i] - kept[i]) / units[i];
    }
    return exact;
  }
}
