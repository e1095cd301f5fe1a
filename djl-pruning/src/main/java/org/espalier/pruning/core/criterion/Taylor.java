package org.espalier.pruning.core.criterion;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * First-order estimate of what a weight's death does to the loss, from w and its gradient g, summed
 * over the batches; entry by entry, in double precision. To score a unit by (Σ g w)², take {@link
 * #SIGNED} with the aggregate {@code squared-sum}: g w alone is the fall of the loss if w dies.
 *
 * <p>Source: {@link #ABSOLUTE}: M. Mozer, P. Smolensky, "Skeletonization", NIPS 1988, and P.
 * Molchanov et al., "Pruning Convolutional Neural Networks for Resource Efficient Inference", ICLR
 * 2017, section 2.2; {@link #SQUARED}, {@link #SIGNED}: P. Molchanov et al., "Importance Estimation
 * for Neural Network Pruning", CVPR 2019, section 3.
 */
public enum Taylor implements Criterion {
  /** |g w|: absolute after the sum over batches; ranks as {@link Snip} does. */
  ABSOLUTE,
  /** |w| Σ |g|: absolute before the sum over batches. */
  ABSOLUTE_PER_BATCH,
  /** (g w)², g summed before. */
  SQUARED,
  /** g w. */
  SIGNED;

  /** Returns the form of this name: lower case, words joined by a hyphen. */
  static Taylor of(String form) {
    return valueOf(form.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Override
  public String type() {
    return "taylor";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("form", name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(this == ABSOLUTE_PER_BATCH ? Statistic.GRADIENT_ABS : Statistic.GRADIENT);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers gradients = tensor.numbers(needs().iterator().next());
    Numbers values = tensor.weights();
    double[] scores = new double[gradients.size()];
    for (int i = 0; i < scores.length; i++) {
      double product = gradients.at(i) * values.at(i);
      double positive = this == SQUARED ? product * product : Math.abs(product);
      scores[i] = this == SIGNED ? product : positive;
    }
    return Scores.of(scores);
  }
}
