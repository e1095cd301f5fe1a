package org.espalier.tribuo;

import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps the weights of the largest gradients of the loss; not among the criteria that Espalier
 * ships.
 *
 * @param signed whether the sign counts, else the magnitude
 */
record GradientScore(boolean signed) implements Criterion {

  @Override
  public String type() {
    return "gradient";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("signed", signed);
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.GRADIENT);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    float[] scores = tensor.gradients().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = signed ? scores[i] : Math.abs(scores[i]);
    }
    return Scores.of(scores);
  }
}
