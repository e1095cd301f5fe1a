package org.espalier.pruning.core.reconstruction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Channels whose factor β_j is 0 in argmin 1/2N ‖Y - Σ_j β_j X_j W_jᵀ‖² + λ ‖β‖₁, where the W_j
 * have norm 1, Y is what all channels bring, and N counts rows. λ grows from λ_max / 1000 by a
 * twentieth each time until no more factors are left than are to stay; then the smallest |β_j|
 * among the factors of the last λ that left enough make up the number.
 *
 * <p>Where the two steps alternate, W is solved for by least squares over the channels left, and
 * normed anew, at each λ that has made factors 0, which then stay 0; else it stays as it is until
 * all are chosen, as the authors do in practice.
 *
 * <p>Source: Y. He, X. Zhang, J. Sun, "Channel pruning for accelerating very deep neural networks",
 * ICCV 2017, section 3.1, equation 1 (from memory). The bias is no part of it.
 *
 * @param alternating whether weights are refitted on the way
 */
public record LassoChoice(boolean alternating) implements ChannelChoice {

  private static final double FIRST = 1e-3;
  private static final double GROWTH = 1.05;

  @Override
  public BitSet choose(List<LinearConsumer> consumers, BitSet candidates, int count) {
    int channels = consumers.get(0).channels().length;
    BitSet must = (BitSet) candidates.clone();
    must.flip(0, channels);
    BitSet gone = new BitSet();
    double[] beta = norms(consumers);
    List<LinearConsumer> now = consumers;
    Lasso lasso = problem(consumers, now, gone);
    for (double lambda = FIRST * lasso.largest(); ; lambda *= GROWTH) {
      double[] next = beta.clone();
      lasso.solve(lambda, next);
      BitSet zero = zeros(next, must);
      if (zero.cardinality() >= count) {
        return smallest(beta, candidates, gone, zero, count);
      }
      beta = next;
      if (alternating && zero.cardinality() > gone.cardinality()) {
        gone = zero;
        now = refitted(consumers, gone);
        lasso = problem(consumers, now, gone);
        beta = norms(now);
      }
    }
  }

  private static List<LinearConsumer> refitted(List<LinearConsumer> consumers, BitSet gone) {
    List<LinearConsumer> all = new ArrayList<>();
    for (LinearConsumer consumer : consumers) {
      all.add(consumer.with(LeastSquares.INSTANCE.weights(consumer, gone)));
    }
    return all;
  }

  /** Y stays what the original weights compute; norms of W_j are taken over all consumers. */
  private static Lasso problem(
      List<LinearConsumer> consumers, List<LinearConsumer> now, BitSet gone) {
    int channels = consumers.get(0).channels().length;
    double[][] cross = new double[channels][channels];
    for (int i = 0; i < consumers.size(); i++) {
      Contributions.add(now.get(i).products(consumers.get(i).weights()), cross);
    }
    double[][] squares = Contributions.of(now);
    double[] scale = norms(now);
    for (int j = 0; j < channels; j++) {
      scale[j] = scale[j] > 0 && !gone.get(j) ? 1 / scale[j] : 0;
    }
    double[] target = new double[channels];
    for (int j = 0; j < channels; j++) {
      for (int k = 0; k < channels; k++) {
        target[j] += scale[j] * cross[j][k];
        squares[j][k] *= scale[j] * scale[k];
      }
    }
    return new Lasso(squares, target, consumers.get(0).moments().rows());
  }

  /** Norms of the W_j, which are the β that solve for λ = 0. */
  private static double[] norms(List<LinearConsumer> consumers) {
    double[] norms = new double[consumers.get(0).channels().length];
    for (LinearConsumer consumer : consumers) {
      for (double[] row : consumer.weights()) {
        for (int channel = 0; channel < norms.length; channel++) {
          for (int feature : consumer.channels()[channel]) {
            norms[channel] += row[feature] * row[feature];
          }
        }
      }
    }
    return Arrays.stream(norms).map(Math::sqrt).toArray();
  }

  private static BitSet zeros(double[] beta, BitSet must) {
    BitSet zeros = new BitSet();
    for (int j = 0; j < beta.length; j++) {
      zeros.set(j, beta[j] == 0 && !must.get(j));
    }
    return zeros;
  }

  /** Those gone before, then those that went last, the smallest of the factors before first. */
  private static BitSet smallest(
      double[] beta, BitSet candidates, BitSet gone, BitSet zero, int count) {
    BitSet chosen = (BitSet) gone.clone();
    IntStream.range(0, beta.length)
        .filter(j -> candidates.get(j) && !gone.get(j))
        .boxed()
        .sorted(
            Comparator.comparing((Integer j) -> !zero.get(j)).thenComparing(j -> Math.abs(beta[j])))
        .limit(count - gone.cardinality())
        .forEach(chosen::set);
    return chosen;
  }
}
