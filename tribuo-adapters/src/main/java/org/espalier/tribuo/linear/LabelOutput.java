package org.espalier.tribuo.linear;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.math.util.VectorNormalizer;

/**
 * One label: that of the largest score.
 *
 * @param normalizer makes scores of sums: probabilities, or the sums themselves
 * @param probabilities whether the scores are such
 */
record LabelOutput(VectorNormalizer normalizer, boolean probabilities)
    implements LinearOutput<Label> {

  @Override
  public Class<Label> type() {
    return Label.class;
  }

  @Override
  public String name(ImmutableOutputInfo<Label> info, int id) {
    return info.getOutput(id).getLabel();
  }

  @Override
  public Prediction<Label> prediction(
      double[] sums, ImmutableOutputInfo<Label> info, int used, Example<Label> example) {
    normalizer.normalizeInPlace(sums);
    Map<String, Label> scores = new LinkedHashMap<>();
    Label best = null;
    for (int id = 0; id < sums.length; id++) {
      Label label = new Label(name(info, id), sums[id]);
      scores.put(label.getLabel(), label);
      if (sums[id] > (best == null ? Double.NEGATIVE_INFINITY : best.getScore())) {
        best = label;
      }
    }
    return new Prediction<>(best, scores, used, example, probabilities);
  }
}
