package org.espalier.pruning.core.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which channels go, against brute force over the data. */
class ChannelChoiceTest {

  private static final int CHANNELS = 8;

  private static BitSet all() {
    BitSet all = new BitSet();
    all.set(0, CHANNELS);
    return all;
  }

  /** Two features a channel. */
  private static LinearConsumer consumer(double[][] data, long seed) {
    int[][] channels = new int[CHANNELS][];
    Arrays.setAll(channels, i -> new int[] {2 * i, 2 * i + 1});
    return new LinearConsumer(Rows.moments(data), Rows.random(3, 2 * CHANNELS + 1, seed), channels);
  }

  /** Sum over rows and outputs of (what a set of channels brings)². */
  private static double loss(double[][] data, LinearConsumer consumer, BitSet set) {
    double sum = 0;
    for (double[] row : data) {
      for (double[] weights : consumer.weights()) {
        double part = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
          if (set.get(channel)) {
            part += weights[2 * channel] * row[2 * channel];
            part += weights[2 * channel + 1] * row[2 * channel + 1];
          }
        }
        sum += part * part;
      }
    }
    return sum;
  }

  @Test
  void greedyStepsAreTheBestSingleOnes() {
    for (int seed = 0; seed < 10; seed++) {
      double[][] data = Rows.random(20, 2 * CHANNELS, seed);
      double[][] others = Rows.random(20, 2 * CHANNELS, seed + 100);
      LinearConsumer one = consumer(data, seed + 50);
      LinearConsumer two = consumer(others, seed + 60);
      BitSet gone = new BitSet();
      for (int count = 1; count < CHANNELS; count++) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int channel = 0; channel < CHANNELS; channel++) {
          BitSet more = (BitSet) gone.clone();
          more.set(channel);
          double loss = loss(data, one, more) + loss(others, two, more);
          if (!gone.get(channel) && loss < least) {
            least = loss;
            best = channel;
          }
        }
        gone.set(best);
        assertEquals(gone, GreedyLoss.INSTANCE.choose(List.of(one, two), all(), count));
      }
    }
  }

  @Test
  void onlyCandidatesGo() {
    LinearConsumer consumer = consumer(Rows.random(20, 2 * CHANNELS, 1), 2);
    BitSet some = BitSet.valueOf(new long[] {0b10110010});
    for (ChannelChoice choice :
        List.of(GreedyLoss.INSTANCE, new LassoChoice(false), new LassoChoice(true))) {
      BitSet chosen = choice.choose(List.of(consumer), some, 3);
      assertEquals(3, chosen.cardinality());
      chosen.andNot(some);
      assertTrue(chosen.isEmpty());
    }
  }

  /** A channel that repeats another and one that brings nothing are the first two to go. */
  @Test
  void lassoFindsWhatIsNotNeeded() {
    double[][] data =
        Rows.random(
            40,
            2 * CHANNELS,
            3,
            row -> {
              row[6] = 0;
              row[7] = 0;
            });
    LinearConsumer consumer = consumer(data, 4);
    for (boolean alternating : new boolean[] {false, true}) {
      BitSet gone = new LassoChoice(alternating).choose(List.of(consumer), all(), 1);
      assertEquals(BitSet.valueOf(new long[] {0b1000}), gone);
    }
  }

  /** Every count is met, and more channels go by taking some more. */
  @Test
  void lassoMeetsEveryCount() {
    LinearConsumer consumer = consumer(Rows.random(40, 2 * CHANNELS, 5), 6);
    for (int count = 1; count < CHANNELS; count++) {
      for (boolean alternating : new boolean[] {false, true}) {
        BitSet gone = new LassoChoice(alternating).choose(List.of(consumer), all(), count);
        assertEquals(count, gone.cardinality());
      }
    }
  }

  /** The best of all 70 choices is at most a third better than those of the LASSO. */
  @Test
  void lassoIsNearTheBestOfAllChoices() {
    double[][] data = Rows.random(40, 2 * CHANNELS, 7);
    LinearConsumer consumer = consumer(data, 8);
    double best = Double.POSITIVE_INFINITY;
    for (int bits = 0; bits < 1 << CHANNELS; bits++) {
      BitSet set = BitSet.valueOf(new long[] {bits});
      if (set.cardinality() == 4) {
        double[][] weights = LeastSquares.INSTANCE.weights(consumer, set);
        best = Math.min(best, consumer.error(weights));
      }
    }
    for (boolean alternating : new boolean[] {false, true}) {
      BitSet gone = new LassoChoice(alternating).choose(List.of(consumer), all(), 4);
      double error = consumer.error(LeastSquares.INSTANCE.weights(consumer, gone));
      assertTrue(error < 1.5 * best, error + " and " + best);
    }
  }
}
