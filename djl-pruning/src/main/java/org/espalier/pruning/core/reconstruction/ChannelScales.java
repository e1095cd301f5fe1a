package org.espalier.pruning.core.reconstruction;

import java.util.BitSet;

/**
 * One factor for all weights that read a channel: ŵ = (XᵀX)^-1 Xᵀ y, where X holds what each
 * channel that stays brings to the outputs, and y what all of them brought. The bias stays.
 *
 * <p>Source: J.-H. Luo, J. Wu, W. Lin, "ThiNet: a filter level pruning method for deep neural
 * network compression", ICCV 2017, section 3.2.3, equation 7 (numbers from memory). There rows are
 * sampled, and one output of each; here all outputs of all rows seen count.
 */
public enum ChannelScales implements Refit {
  /** The only one: there are no parameters. */
  INSTANCE;

  private static final double DEPENDENT = 1e-6;

  @Override
  public double[][] weights(LinearConsumer consumer, BitSet removed) {
    double[] scales = scales(consumer.products(consumer.weights()), removed);
    double[][] weights = new double[consumer.weights().length][];
    for (int o = 0; o < weights.length; o++) {
      weights[o] = consumer.weights()[o].clone();
      for (int channel = 0; channel < scales.length; channel++) {
        for (int feature : consumer.channels()[channel]) {
          weights[o][feature] *= scales[channel];
        }
      }
    }
    return weights;
  }

  private static double[] scales(double[][] products, BitSet removed) {
    int channels = products.length;
    double[] all = new double[channels + 1];
    for (int j = 0; j < channels; j++) {
      for (double product : products[j]) {
        all[j] += product;
      }
    }
    PivotedCholesky factor = new PivotedCholesky(Moments.of(products));
    double[] scales = new double[channels];
    for (int j = 0; j < channels; j++) {
      if (!removed.get(j) && factor.residual(j) > DEPENDENT) {
        factor.pivot(j);
        scales[j] = 1;
      }
    }
    double[] solved = factor.solve(all);
    for (int j = 0; j < channels; j++) {
      scales[j] *= solved[j];
    }
    return scales;
  }
}
