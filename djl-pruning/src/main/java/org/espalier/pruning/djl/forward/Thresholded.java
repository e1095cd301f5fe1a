package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Optional;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.Noise;
import org.espalier.pruning.core.forward.SoftThreshold;

/** Weights less a trained threshold; see {@link SoftThreshold}. */
final class Thresholded implements LayerRule {

  private final SoftThreshold rule;
  private final Trained s;

  Thresholded(SoftThreshold rule, LayerSite site) {
    this.rule = rule;
    s = new Trained("threshold", site.manager(), new float[] {(float) rule.start()}, new Shape(1));
  }

  @Override
  public Optional<Trained> trained() {
    return Optional.of(s);
  }

  @Override
  public NDArray value(NDArray stored, TrainingTime time, Noise noise) {
    return shrunk(stored, s.array());
  }

  @Override
  public NDArray settled(NDArray stored) {
    return shrunk(stored, s.values());
  }

  private static NDArray shrunk(NDArray weights, NDArray s) {
    NDArray rest = Activation.relu(weights.abs().sub(Activation.sigmoid(s)));
    return weights.sign().mul(rest);
  }

  @Override
  public void addPenalty(
      NDArray weights, NDArray weightGradient, NDArray trainedGradient, TrainingTime time) {
    if (rule.decay() > 0) {
      trainedGradient.addi(s.values().mul(rule.decay()));
    }
  }

  @Override
  public double penalty(NDArray weights, TrainingTime time) {
    float value = s.values().toFloatArray()[0];
    return rule.decay() / 2 * value * value;
  }
}
