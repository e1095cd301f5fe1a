package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Map;
import java.util.Optional;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.LearnedThreshold;
import org.espalier.pruning.core.forward.Noise;

/** Weights behind a sigmoid around a trained threshold; see {@link LearnedThreshold}. */
final class SigmoidThreshold implements LayerRule {

  private final LearnedThreshold rule;
  private final Trained t;
  private double variance;

  SigmoidThreshold(LearnedThreshold rule, LayerSite site) {
    this.rule = rule;
    t = new Trained("threshold", site.manager(), new float[] {(float) rule.start()}, new Shape(1));
    variance = (float) LearnedThreshold.variance(site.values());
  }

  @Override
  public Optional<Trained> trained() {
    return Optional.of(t);
  }

  @Override
  public NDArray value(NDArray stored, TrainingTime time, Noise noise) {
    return stored.mul(gates(stored.stopGradient(), t.array()));
  }

  private NDArray gates(NDArray weights, NDArray threshold) {
    NDArray distance = weights.square().div(variance).sub(threshold);
    return Activation.sigmoid(Arrays.times(distance, 1 / rule.temperature()));
  }

  @Override
  public NDArray settled(NDArray stored) {
    NDArray alive = stored.square().div(variance).gt(t.values());
    return stored.mul(alive.toType(DataType.FLOAT32, false));
  }

  @Override
  public void addPenalty(
      NDArray weights, NDArray weightGradient, NDArray trainedGradient, TrainingTime time) {
    NDArray gates = gates(weights, t.values());
    NDArray slopes = gates.mul(gates.neg().add(1)).sum().reshape(1);
    trainedGradient.addi(slopes.mul(-rule.lambda() / rule.temperature()));
  }

  @Override
  public double penalty(NDArray weights, TrainingTime time) {
    return rule.lambda() * gates(weights, t.values()).sum().getFloat();
  }

  @Override
  public Map<String, float[]> memory() {
    return Map.of("variance", new float[] {(float) variance});
  }

  @Override
  public void restore(Map<String, float[]> memory) {
    variance = memory.get("variance")[0];
  }
}
