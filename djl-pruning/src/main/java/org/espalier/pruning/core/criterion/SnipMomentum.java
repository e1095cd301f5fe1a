package org.espalier.pruning.core.criterion;

import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Connection sensitivity over training: before every optimizer step, S = decay S + gain |w g|, g
 * the gradient of that step, S = 0 at the begin; score = S. All in double precision. Entries of a
 * convolution are weights like all others. Dead weights are 0, so their S only decays.
 *
 * <p>Intel Neural Compressor has two forms: its code (v1.14.2, v2.6.1) decays by 0.9 and adds with
 * gain 1, which is the default here; its documentation decays by 1.0, which never forgets, and adds
 * with gain 0.9: {@link #documented()}. In both, the gain alone changes no ranking.
 *
 * <p>Source: Intel Neural Compressor, criterion {@code snip_momentum} ({@code
 * compression/pruner/criteria.py}); N. Lee et al., "SNIP", ICLR 2019, for |w g|.
 *
 * @param decay what is left of the sum after a step, in [0, 1]
 * @param gain weight of the newest sensitivity, above 0
 */
public record SnipMomentum(double decay, double gain) implements TrackingCriterion {

  /** Refuses what never settles. */
  public SnipMomentum {
    Requirement.fraction("decay", decay);
    Requirement.positive("gain", gain);
  }

  /** Returns the form that the documentation of Intel Neural Compressor gives. */
  public static SnipMomentum documented() {
    return new SnipMomentum(1.0, 0.9);
  }

  @Override
  public String type() {
    return "snip-momentum";
  }

  @Override
  public Map<String, Object> parameters() {
    return new TreeMap<>(Map.of("decay", decay, "gain", gain));
  }

  @Override
  public double[] track(double[] soFar, WeightTensor tensor, double learningRate) {
    Numbers values = tensor.weights();
    Numbers gradients = tensor.numbers(Statistic.GRADIENT);
    for (int i = 0; i < soFar.length; i++) {
      soFar[i] = decay * soFar[i] + gain * Math.abs(values.at(i) * gradients.at(i));
    }
    return soFar;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    return Scores.of(tensor.track().clone());
  }
}
