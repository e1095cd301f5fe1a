package org.espalier.pruning.djl.forward;

import static org.espalier.pruning.core.forward.HardConcrete.BETA;
import static org.espalier.pruning.core.forward.HardConcrete.GAMMA;
import static org.espalier.pruning.core.forward.HardConcrete.LIMIT;
import static org.espalier.pruning.core.forward.HardConcrete.NOISE_EDGE;
import static org.espalier.pruning.core.forward.HardConcrete.SHIFT;
import static org.espalier.pruning.core.forward.HardConcrete.START_DEVIATION;
import static org.espalier.pruning.core.forward.HardConcrete.ZETA;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.Optional;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.HardConcrete;
import org.espalier.pruning.core.forward.Noise;

/** Gates drawn from the hard concrete distribution; see {@link HardConcrete}. */
final class HardConcreteGates implements LayerRule {

  private final HardConcrete rule;
  private final Units units;
  private final Trained logAlpha;

  HardConcreteGates(HardConcrete rule, LayerSite site) {
    this.rule = rule;
    units = Units.of(site);
    float[] start = site.startNoise().normal(units.count());
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) (rule.start() + START_DEVIATION * start[i]);
    }
    logAlpha = new Trained("log-alpha", site.manager(), start, units.shape());
  }

  @Override
  public Optional<Trained> trained() {
    return Optional.of(logAlpha);
  }

  @Override
  public NDArray value(NDArray stored, TrainingTime time, Noise noise) {
    float[] draws = noise.uniform(units.count(), NOISE_EDGE, 1 - NOISE_EDGE);
    NDArray u = Arrays.copy(logAlpha.array().getManager(), draws, units.shape());
    NDArray logistic = u.log().sub(u.neg().add(1).log());
    NDArray s = Activation.sigmoid(Arrays.times(logAlpha.array().add(logistic), 1 / BETA));
    return units.scale(stored, stretched(s));
  }

  @Override
  public NDArray settled(NDArray stored) {
    return units.scale(stored, stretched(Activation.sigmoid(logAlpha.values())));
  }

  private static NDArray stretched(NDArray s) {
    return Arrays.times(s, ZETA - GAMMA).add(GAMMA).clip(0, 1);
  }

  @Override
  public void addPenalty(
      NDArray weights, NDArray weightGradient, NDArray trainedGradient, TrainingTime time) {
    NDArray open = Activation.sigmoid(logAlpha.values().add(SHIFT));
    trainedGradient.addi(open.mul(open.neg().add(1)).mul(price(weights)));
    if (rule.decay() > 0) {
      weightGradient.addi(units.scale(weights, open.mul(rule.decay() / rule.examples())));
    }
  }

  @Override
  public double penalty(NDArray weights, TrainingTime time) {
    NDArray open = Activation.sigmoid(logAlpha.values().add(SHIFT));
    return open.mul(price(weights)).sum().getFloat();
  }

  /** What each open gate costs: an array, or one number where all cost the same. */
  private NDArray price(NDArray weights) {
    double constant = rule.lambda() * units.size() / rule.examples();
    if (rule.decay() > 0) {
      return units.sums(weights.square()).mul(rule.decay() / 2 / rule.examples()).add(constant);
    }
    return logAlpha.values().zerosLike().add(constant);
  }

  @Override
  public void constrain() {
    NDArray values = logAlpha.values();
    NDArray clipped = values.clip(-LIMIT, LIMIT);
    values.muli(0).addi(clipped);
  }
}
