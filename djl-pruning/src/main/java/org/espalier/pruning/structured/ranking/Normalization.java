package org.espalier.pruning.structured.ranking;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.espalier.pruning.structured.criterion.GroupScores;

/**
 * What the scores of a group are divided by before groups compete. Absolute values count where
 * scores may be negative; a group whose scores are all 0 is left as it is.
 *
 * <p>Source: {@link #L2}: P. Molchanov et al., "Pruning Convolutional Neural Networks for Resource
 * Efficient Inference", ICLR 2017, section 2.2; {@link #MEAN}: G. Fang et al., "DepGraph: Towards
 * Any Structural Pruning", CVPR 2023 (from memory of the authors' code, whose default it is).
 */
public enum Normalization {
  /** Nothing: scores compare as they are, as losses in units of the loss do. */
  NONE,
  /** The number of weights of a channel, as the aggregate counts them: means per weight compete. */
  SIZE,
  /** The mean: a channel competes by how it stands among those of its group. */
  MEAN,
  /** The largest. */
  MAX,
  /** The square root of the sum of squares. */
  L2;

  /** Returns the text form: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns all text forms. */
  static List<String> texts() {
    return Arrays.stream(values()).map(Normalization::text).toList();
  }

  /** Returns scores that compare with those of other groups. */
  double[] comparable(GroupScores group) {
    double divisor = divisor(group);
    return Arrays.stream(group.scores()).map(score -> score / divisor).toArray();
  }

  private double divisor(GroupScores group) {
    double[] scores = group.scores();
    double divisor =
        switch (this) {
          case NONE -> 1;
          case SIZE -> group.divisor();
          case MEAN -> Arrays.stream(scores).map(Math::abs).sum() / scores.length;
          case MAX -> Arrays.stream(scores).map(Math::abs).max().orElse(1);
          case L2 -> Math.sqrt(Arrays.stream(scores).map(score -> score * score).sum());
        };
    return divisor == 0 ? 1 : divisor;
  }
}
