package org.espalier.tribuo;

import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;

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
  public Set<Need> needs() {
    return Set.of(Need.GRADIENTS);
  }

  @Override
  public float[] score(WeightTensor tensor) {
    float[] scores = tensor.gradients().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = signed ? scores[i] : Math.abs(scores[i]);
    }
    return scores;
  }
}
