package org.espalier.pruning.core.reconstruction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Units that are linear combinations of others, a_h = Σ c_j a_j (+ a constant where consumers can
 * take it up): w_kj += c_j w_kh. A QR decomposition with column pivoting, the unit that is least
 * explained so far being the next pivot, ends when no unit is left whose residual exceeds ε times
 * its norm; what is no pivot then goes. With several consumers, a unit counts as explained when it
 * is so for each of them.
 *
 * <p>Source: H. Chandrasekaran, H.-H. Chen, M. T. Manry, "Pruning of basis functions in nonlinear
 * approximators", Neurocomputing 34 (2000) (from memory; there the basis is ordered by what it adds
 * to the network's output).
 *
 * @param epsilon largest residual relative to a unit's norm, in [0, 1)
 */
public record DependentUnits(double epsilon) implements Redundancy {

  /** Refuses a negative number. */
  public DependentUnits {
    Tolerances.require("epsilon", epsilon);
  }

  @Override
  public List<Substitution> find(List<Readings> consumers) {
    int channels = consumers.get(0).channels();
    List<PivotedCholesky> factors = new ArrayList<>();
    for (Readings consumer : consumers) {
      PivotedCholesky factor = new PivotedCholesky(consumer.moments());
      if (consumer.constants()) {
        factor.pivot(channels);
      }
      factors.add(factor);
    }
    BitSet left = new BitSet();
    left.set(0, channels);
    for (int next = least(factors, left); next >= 0; next = least(factors, left)) {
      left.clear(next);
      for (PivotedCholesky factor : factors) {
        factor.pivot(next);
      }
    }
    if (left.cardinality() == channels) {
      left.clear(0);
    }
    return left.stream().mapToObj(h -> substitution(h, channels, factors)).toList();
  }

  /** Returns the unit that is least explained, -1 if all are well enough. */
  private int least(List<PivotedCholesky> factors, BitSet left) {
    int least = -1;
    double largest = epsilon;
    for (int unit = left.nextSetBit(0); unit >= 0; unit = left.nextSetBit(unit + 1)) {
      for (PivotedCholesky factor : factors) {
        if (factor.residual(unit) > largest) {
          largest = factor.residual(unit);
          least = unit;
        }
      }
    }
    return least;
  }

  private static Substitution substitution(int h, int channels, List<PivotedCholesky> factors) {
    List<StandIn> standIns = new ArrayList<>();
    for (PivotedCholesky factor : factors) {
      double[] all = factor.coefficients(h);
      standIns.add(new StandIn(Arrays.copyOf(all, channels), all[channels]));
    }
    return new Substitution(h, standIns);
  }
}
