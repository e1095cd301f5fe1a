package org.espalier.tribuo.linear;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.math.util.VectorNormalizer;
import org.tribuo.multilabel.MultiLabel;

/**
 * Any number of labels: those whose score is above a threshold.
 *
 * @param normalizer makes scores of sums: probabilities, or the sums themselves
 * @param probabilities whether the scores are such
 * @param threshold of the scores
 */
record MultiLabelOutput(VectorNormalizer normalizer, boolean probabilities, double threshold)
    implements LinearOutput<MultiLabel> {

  @Override
  public Class<MultiLabel> type() {
    return MultiLabel.class;
  }

  @Override
  public String name(ImmutableOutputInfo<MultiLabel> info, int id) {
    return info.getOutput(id).getLabelString();
  }

  @Override
  public Prediction<MultiLabel> prediction(
      double[] sums, ImmutableOutputInfo<MultiLabel> info, int used, Example<MultiLabel> example) {
    normalizer.normalizeInPlace(sums);
    Map<String, MultiLabel> scores = new HashMap<>();
    Set<Label> chosen = new HashSet<>();
    for (int id = 0; id < sums.length; id++) {
      Label label = new Label(name(info, id), sums[id]);
      scores.put(label.getLabel(), new MultiLabel(label));
      if (sums[id] > threshold) {
        chosen.add(label);
      }
    }
    return new Prediction<>(new MultiLabel(chosen), scores, used, example, probabilities);
  }
}
