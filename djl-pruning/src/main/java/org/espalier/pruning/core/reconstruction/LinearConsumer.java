package org.espalier.pruning.core.reconstruction;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A linear map y = W x + b over features x, and which of them each channel brings. A convolution is
 * one, too: its features are the entries of a patch.
 *
 * @param moments of the features
 * @param weights one row for each output: n weights, then the bias
 * @param channels indices of each channel's features
 */
public record LinearConsumer(Moments moments, double[][] weights, int[][] channels) {

  /** Returns the same map with other weights. */
  public LinearConsumer with(double[][] other) {
    return new LinearConsumer(moments, other, channels);
  }

  /** Returns the features that some channels bring. */
  BitSet features(BitSet of) {
    BitSet features = new BitSet();
    for (int channel = of.nextSetBit(0); channel >= 0; channel = of.nextSetBit(channel + 1)) {
      for (int feature : channels[channel]) {
        features.set(feature);
      }
    }
    return features;
  }

  /**
   * Returns what two channels together bring to the outputs: entry (j, k) is the sum over rows and
   * outputs of z_j z'_k, where z_j is the sum over the features a of channel j of w_a x_a, and z'
   * the same with other weights.
   *
   * @param other weights of z', as many
   */
  double[][] products(double[][] other) {
    int n = moments.features();
    int[] owner = owners(n);
    double[][] sums = new double[channels.length][channels.length];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n && owner[a] >= 0; b++) {
        if (owner[b] >= 0) {
          double pair = 0;
          for (int o = 0; o < weights.length; o++) {
            pair += weights[o][a] * other[o][b];
          }
          sums[owner[a]][owner[b]] += pair * moments.product(a, b);
        }
      }
    }
    return sums;
  }

  private int[] owners(int features) {
    int[] owner = new int[features];
    Arrays.fill(owner, -1);
    for (int channel = 0; channel < channels.length; channel++) {
      for (int feature : channels[channel]) {
        owner[feature] = channel;
      }
    }
    return owner;
  }

  /**
   * Returns the sum of squares over rows and outputs of what other weights compute less what these
   * do.
   *
   * @param other as many weights
   */
  public double error(double[][] other) {
    int n = moments.features() + 1;
    double sum = 0;
    double[] change = new double[n];
    for (int o = 0; o < weights.length; o++) {
      for (int a = 0; a < n; a++) {
        change[a] = other[o][a] - weights[o][a];
      }
      for (int a = 0; a < n; a++) {
        if (change[a] != 0) {
          for (int b = 0; b < n; b++) {
            sum += change[a] * change[b] * moments.product(a, b);
          }
        }
      }
    }
    return Math.max(0, sum);
  }
}
