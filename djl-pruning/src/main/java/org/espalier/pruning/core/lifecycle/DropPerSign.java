package org.espalier.pruning.core.lifecycle;

import java.util.function.DoublePredicate;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * Of each tensor the smallest positive and the largest negative weights go: floor(f n) of the n
 * living weights of each sign; of equal values the higher index goes first. Living weights that are
 * exactly 0 have no sign and go too, as in the paper's code. If more must go, the lowest by the
 * group's criterion do.
 *
 * <p>Source: D. Mocanu et al., "Scalable training of artificial neural networks with adaptive
 * sparse connectivity inspired by network science" (SET), Nature Communications 9 (2018), algorithm
 * 1. The code reads the cut off the sorted weights at index int(ζ n) and so drops one more.
 *
 * @param fraction f
 */
public record DropPerSign(Fraction fraction) implements Drop {

  @Override
  public String text() {
    return "signed";
  }

  @Override
  public boolean needsSingleWeights() {
    return true;
  }

  @Override
  public int staying(
      Decision decision, TensorInfo tensor, Scores living, int count, int most, double fraction) {
    Numbers values = decision.weights(tensor).weights();
    Mask mask = decision.mask(tensor);
    int staying = 0;
    boolean[] stays = new boolean[values.size()];
    for (DoublePredicate sign : new DoublePredicate[] {w -> w > 0, w -> w < 0}) {
      int n = 0;
      double[] sizes = new double[stays.length];
      for (int i = 0; i < sizes.length; i++) {
        boolean member = mask.isKept(i) && sign.test(values.at(i));
        sizes[i] = member ? Math.abs(values.at(i)) : Double.NEGATIVE_INFINITY;
        n += member ? 1 : 0;
      }
      int best = n - Fraction.count(fraction, n);
      mark(stays, Scores.of(sizes).largest(best));
      staying += best;
    }
    for (int i = 0; i < stays.length; i++) {
      if (!stays[i]) {
        living.exclude(i);
      }
    }
    return Math.min(staying, most);
  }

  private static void mark(boolean[] flags, long[] bits) {
    for (int i = 0; i < flags.length; i++) {
      flags[i] |= (bits[i >> 6] >>> i & 1) != 0;
    }
  }
}
