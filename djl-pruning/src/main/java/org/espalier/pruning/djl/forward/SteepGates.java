package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.Optional;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.Continuous;
import org.espalier.pruning.core.forward.Noise;

/** Gates that are sigmoids of rising steepness; see {@link Continuous}. */
final class SteepGates implements LayerRule {

  private final Continuous rule;
  private final Units units;
  private final Trained s;

  SteepGates(Continuous rule, LayerSite site) {
    this.rule = rule;
    units = Units.of(site);
    float[] start = new float[units.count()];
    java.util.Arrays.fill(start, (float) rule.start());
    s = new Trained("gates", site.manager(), start, units.shape());
  }

  @Override
  public Optional<Trained> trained() {
    return Optional.of(s);
  }

  @Override
  public NDArray value(NDArray stored, TrainingTime time, Noise noise) {
    return units.scale(stored, Activation.sigmoid(Arrays.times(s.array(), rule.betaAt(time))));
  }

  @Override
  public NDArray settled(NDArray stored) {
    return units.scale(stored, s.values().gt(0).toType(DataType.FLOAT32, false));
  }

  @Override
  public void addPenalty(
      NDArray weights, NDArray weightGradient, NDArray trainedGradient, TrainingTime time) {
    double beta = rule.betaAt(time);
    NDArray gates = Activation.sigmoid(s.values().mul(beta));
    trainedGradient.addi(gates.mul(gates.neg().add(1)).mul(rule.lambda() * units.size() * beta));
  }

  @Override
  public double penalty(NDArray weights, TrainingTime time) {
    NDArray gates = Activation.sigmoid(s.values().mul(rule.betaAt(time)));
    return rule.lambda() * units.size() * gates.sum().getFloat();
  }
}
