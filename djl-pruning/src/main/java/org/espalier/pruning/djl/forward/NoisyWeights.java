package org.espalier.pruning.djl.forward;

import static org.espalier.pruning.core.forward.VariationalDropout.K1;
import static org.espalier.pruning.core.forward.VariationalDropout.K2;
import static org.espalier.pruning.core.forward.VariationalDropout.K3;
import static org.espalier.pruning.core.forward.VariationalDropout.LIMIT;
import static org.espalier.pruning.core.forward.VariationalDropout.TINY;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.Optional;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.Noise;
import org.espalier.pruning.core.forward.VariationalDropout;

/** Weights with Gaussian noise of trained size; see {@link VariationalDropout}. */
final class NoisyWeights implements LayerRule {

  private final VariationalDropout rule;
  private final Trained logSigma2;
  private final int count;

  NoisyWeights(VariationalDropout rule, LayerSite site) {
    this.rule = rule;
    count = site.info().elements();
    float[] start = new float[count];
    java.util.Arrays.fill(start, (float) rule.start());
    logSigma2 = new Trained("log-sigma2", site.manager(), start, site.shape());
  }

  @Override
  public Optional<Trained> trained() {
    return Optional.of(logSigma2);
  }

  @Override
  public NDArray value(NDArray stored, TrainingTime time, Noise noise) {
    NDArray array = logSigma2.array();
    NDArray eps = Arrays.copy(array.getManager(), noise.normal(count), array.getShape());
    return stored.add(Arrays.times(array, 0.5).exp().mul(eps));
  }

  @Override
  public NDArray settled(NDArray stored) {
    NDArray alive = logAlpha(stored).lte(rule.threshold()).toType(DataType.FLOAT32, false);
    return stored.mul(alive);
  }

  private NDArray logAlpha(NDArray weights) {
    return logSigma2.values().sub(weights.square().add(TINY).log());
  }

  @Override
  public void addPenalty(
      NDArray weights, NDArray weightGradient, NDArray trainedGradient, TrainingTime time) {
    NDArray a = logAlpha(weights);
    NDArray inside = a.abs().lte(LIMIT).toType(DataType.FLOAT32, false);
    NDArray s = Activation.sigmoid(a.mul(K3).add(K2));
    NDArray slope =
        s.mul(s.neg().add(1))
            .muli(-K1 * K3)
            .subi(Activation.sigmoid(a.neg()).muli(0.5))
            .muli(inside)
            .muli(rule.scale(time));
    trainedGradient.addi(slope);
    weightGradient.addi(slope.muli(weights.mul(-2)).divi(weights.square().addi(TINY)));
  }

  @Override
  public double penalty(NDArray weights, TrainingTime time) {
    NDArray a = logAlpha(weights).clip(-LIMIT, LIMIT);
    NDArray half = a.neg().exp().add(1).log().mul(0.5);
    NDArray divergence = Activation.sigmoid(a.mul(K3).add(K2)).mul(-K1).add(half).add(K1);
    return rule.scale(time) * divergence.sum().getFloat();
  }
}
