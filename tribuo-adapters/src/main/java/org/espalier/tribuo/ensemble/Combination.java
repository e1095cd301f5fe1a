package org.espalier.tribuo.ensemble;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.ensemble.EnsembleCombiner;

/**
 * How the predictions of an ensemble's members become one. Members of weight 0 take no part: they
 * need not be asked.
 *
 * @param combiner Tribuo's
 * @param weights one per member; live, not to be written
 * @param <T> the kind of output
 */
record Combination<T extends Output<T>>(EnsembleCombiner<T> combiner, float[] weights)
    implements Serializable {

  /**
   * Checks the weights.
   *
   * @throws InvalidInputException if one is not finite, or all are zero
   */
  Combination {
    boolean counts = false;
    for (float weight : weights) {
      counts |= weight != 0;
      if (!Float.isFinite(weight)) {
        throw refused(weights);
      }
    }
    if (!counts) {
      throw refused(weights);
    }
  }

  private static InvalidInputException refused(float[] weights) {
    return new InvalidInputException(
        "weights of an ensemble",
        "finite numbers, not all of them zero",
        Arrays.toString(weights),
        "correct the weights");
  }

  /**
   * Returns the combination in which each member counts once. The weights are 1 and not 1 /
   * members: Tribuo's {@code AveragingCombiner} takes them for frequencies, and divides the
   * variance by their sum minus 1.
   */
  static <U extends Output<U>> Combination<U> even(EnsembleCombiner<U> combiner, int members) {
    float[] ones = new float[members];
    Arrays.fill(ones, 1);
    return new Combination<>(combiner, ones);
  }

  /**
   * Returns the combination with other weights: these times the counts.
   *
   * @param counts one per member, at least 0
   * @throws InvalidInputException if no member is left
   */
  Combination<T> times(int[] counts) {
    float[] products = new float[weights.length];
    for (int m = 0; m < products.length; m++) {
      products[m] = counts[m] * weights[m];
    }
    return new Combination<>(combiner, products);
  }

  boolean isAsked(int member) {
    return weights[member] != 0;
  }

  /**
   * Combines predictions of one example.
   *
   * @param predictions one per member; those of members that are not asked are passed over
   */
  Prediction<T> combine(ImmutableOutputInfo<T> outputs, List<Prediction<T>> predictions) {
    List<Prediction<T>> asked = new ArrayList<>();
    float[] counted = new float[weights.length];
    for (int m = 0; m < weights.length; m++) {
      if (isAsked(m)) {
        counted[asked.size()] = weights[m];
        asked.add(predictions.get(m));
      }
    }
    return combiner.combine(outputs, asked, Arrays.copyOf(counted, asked.size()));
  }
}
