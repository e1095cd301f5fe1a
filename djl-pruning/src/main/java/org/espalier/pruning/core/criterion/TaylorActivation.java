package org.espalier.pruning.core.criterion;

import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * First-order estimate of what the death of a feature map does to the loss: Θ_c = |mean of a ∂L/∂a|
 * over the examples and positions of output feature c, from {@link Statistic#ACTIVATION_TAYLOR};
 * every weight into the feature (axis 0) scores Θ_c. Normalized, Θ_c is divided by the layer's
 * sqrt(Σ_c Θ_c²), summed in order of c in double precision; a layer of zeros stays zero. Meant for
 * the pattern {@code channel}, where the aggregate {@code mean} gives the unit Θ_c itself; within a
 * feature all weights tie.
 *
 * <p>The absolute value is taken after the mean over examples; the paper averages |Θ_c| of single
 * examples.
 *
 * <p>Source: P. Molchanov, S. Tyree, T. Karras, T. Aila, J. Kautz, "Pruning Convolutional Neural
 * Networks for Resource Efficient Inference", ICLR 2017, section 2.2.
 *
 * @param normalize whether layers are made comparable by their l2 norms, as the paper does
 */
public record TaylorActivation(boolean normalize) implements Criterion {

  @Override
  public String type() {
    return "taylor-activation";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("normalize", normalize);
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.ACTIVATION_TAYLOR);
  }

  @Override
  public boolean perFeature() {
    return true;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    double squares = 0;
    Numbers means = tensor.numbers(Statistic.ACTIVATION_TAYLOR);
    for (int c = 0; c < means.size(); c++) {
      squares += means.at(c) * means.at(c);
    }
    double norm = normalize && squares > 0 ? Math.sqrt(squares) : 1;
    return Outputs.score(tensor, Statistic.ACTIVATION_TAYLOR, mean -> Math.abs(mean) / norm);
  }
}
