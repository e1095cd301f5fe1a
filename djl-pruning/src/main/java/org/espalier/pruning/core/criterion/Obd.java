package org.espalier.pruning.core.criterion;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Values;
import org.espalier.sparse.mask.Scores;

/**
 * Optimal Brain Damage: score = h ((w w) / 2), the rise of the loss if w alone is removed: to
 * second order, at a minimum, with a diagonal Hessian h. Where h < 0 the training is at no minimum;
 * the sign is kept as computed, so such weights score below dead ones and are pruned first.
 *
 * <p>Source: Y. LeCun, J. Denker, S. Solla, "Optimal Brain Damage", NIPS 1989, the saliency h_kk
 * u_k² / 2 of the recipe after equation 3. The paper back-propagates h; here it is measured. It has
 * one entry per weight, so convolutions need no care.
 *
 * @param curvature where h comes from
 */
public record Obd(Curvature curvature) implements Criterion {

  static final Parameter CURVATURE =
      Parameter.choice("curvature", "hutchinson", Curvature.texts(), "measurement of h");

  /** Refuses null. */
  public Obd {
    Objects.requireNonNull(curvature, "curvature");
  }

  static Obd read(Values values) {
    return new Obd(Curvature.valueOf(values.text("curvature").toUpperCase(Locale.ROOT)));
  }

  @Override
  public String type() {
    return "obd";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("curvature", curvature.text());
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(curvature.statistic());
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers h = tensor.numbers(curvature.statistic());
    return EachWeight.score(tensor, (at, out, in) -> values.at(at) * values.at(at) / 2 * h.at(at));
  }
}
