package org.espalier.pruning.core.reconstruction;

import java.util.BitSet;
import java.util.List;

/**
 * One channel after the other joins the set T that goes: always the one with which Σ_i (Σ_(j∈T)
 * x̂_ij)² is least, x̂_ij what channel j brings to output i. Ties keep the higher index.
 *
 * <p>Source: J.-H. Luo, J. Wu, W. Lin, "ThiNet: a filter level pruning method for deep neural
 * network compression", ICCV 2017, section 3.2.2, equation 6 and algorithm 1 (numbers from memory).
 * There i runs over sampled places, with one output of each; here over all outputs of all places
 * seen. The first to go is the one of least initial residual by which G. Castellano, A. M. Fanelli
 * and M. Pelillo (IEEE Transactions on Neural Networks 8(3), 1997) choose.
 */
public enum GreedyLoss implements ChannelChoice {
  /** The only one: there are no parameters. */
  INSTANCE;

  @Override
  public BitSet choose(List<LinearConsumer> consumers, BitSet candidates, int count) {
    double[][] products = Contributions.of(consumers);
    double[] added = new double[products.length];
    BitSet gone = new BitSet();
    while (gone.cardinality() < count) {
      int best = -1;
      for (int j = candidates.nextSetBit(0); j >= 0; j = candidates.nextSetBit(j + 1)) {
        if (!gone.get(j)
            && (best < 0 || products[j][j] + added[j] < products[best][best] + added[best])) {
          best = j;
        }
      }
      gone.set(best);
      for (int j = 0; j < added.length; j++) {
        added[j] += 2 * products[best][j];
      }
    }
    return gone;
  }
}
