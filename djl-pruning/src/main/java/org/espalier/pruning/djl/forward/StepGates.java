package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.Optional;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.HardGate;
import org.espalier.pruning.core.forward.HardGate.Surrogate;
import org.espalier.pruning.core.forward.Noise;

/** Gates that are open or closed; see {@link HardGate}. */
final class StepGates implements LayerRule {

  private final HardGate rule;
  private final Units units;
  private final Trained m;

  StepGates(HardGate rule, LayerSite site) {
    this.rule = rule;
    units = Units.of(site);
    float[] start = new float[units.count()];
    java.util.Arrays.fill(start, (float) rule.start());
    m = new Trained("gates", site.manager(), start, units.shape());
  }

  @Override
  public Optional<Trained> trained() {
    return Optional.of(m);
  }

  @Override
  public NDArray value(NDArray stored, TrainingTime time, Noise noise) {
    NDArray soft = surrogate(m.array());
    // Exactly 0, but with the gradient of the surrogate.
    NDArray passage = soft.sub(soft.stopGradient());
    NDArray carrier = stored.stopGradient();
    carrier = rule.surrogate().bySign() ? carrier.sign() : carrier;
    return units.scale(stored, open()).add(units.scale(carrier, passage));
  }

  private NDArray surrogate(NDArray gates) {
    return switch (rule.surrogate()) {
      case IDENTITY -> gates.add(0);
      case CLIPPED -> gates.clip(-1, 1);
      case LEAKY_RELU -> Activation.leakyRelu(gates, (float) Surrogate.LEAK);
      case SOFTPLUS -> Activation.softPlus(gates);
    };
  }

  private NDArray open() {
    return m.values().gt(0).toType(DataType.FLOAT32, false);
  }

  @Override
  public NDArray settled(NDArray stored) {
    return units.scale(stored, open());
  }

  @Override
  public void addPenalty(
      NDArray weights, NDArray weightGradient, NDArray trainedGradient, TrainingTime time) {
    trainedGradient.addi(slope().mul(rule.lambda() * units.size()));
  }

  private NDArray slope() {
    NDArray gates = m.values();
    return switch (rule.surrogate()) {
      case IDENTITY -> gates.onesLike();
      case CLIPPED -> gates.abs().lte(1).toType(DataType.FLOAT32, false);
      case LEAKY_RELU -> open().mul(1 - Surrogate.LEAK).add(Surrogate.LEAK);
      case SOFTPLUS -> Activation.sigmoid(gates);
    };
  }

  @Override
  public double penalty(NDArray weights, TrainingTime time) {
    return rule.lambda() * units.size() * open().sum().getFloat();
  }
}
