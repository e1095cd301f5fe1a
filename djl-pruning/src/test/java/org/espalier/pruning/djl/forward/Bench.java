package org.espalier.pruning.djl.forward;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.Forward;
import org.espalier.pruning.core.forward.Noise;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * One rule on one parameter under the loss sum of c v: a network of one layer whose gradient with
 * respect to what it sees is known.
 */
final class Bench implements AutoCloseable {

  static final TrainingTime TIME = new TrainingTime(3, 0, false);

  final NDManager manager = NDManager.newBaseManager();
  final float[] weights;
  final float[] c;
  final NDArray stored;
  final LayerRule rule;
  float[] value;
  float[] weightGradient;
  float[] trainedGradient;

  Bench(Forward forward, String pattern, int... shape) {
    this(forward, pattern, 1, shape);
  }

  /** Weights are uniform in plus or minus {@code scale}. */
  Bench(Forward forward, String pattern, double scale, int... shape) {
    TensorInfo info = new TensorInfo("layer", shape, true);
    SplittableRandom random = new SplittableRandom(11);
    weights = new float[info.elements()];
    c = new float[weights.length];
    for (int i = 0; i < c.length; i++) {
      weights[i] = (float) (scale * random.nextDouble(-1, 1));
      c[i] = (float) random.nextDouble(-1, 1);
    }
    LayerSite site = new LayerSite(info, SparsityPattern.parse(pattern), weights, 5, manager);
    stored = Arrays.copy(manager, weights, site.shape());
    stored.setRequiresGradient(true);
    rule = LayerRules.of(forward, site);
  }

  /** The noise of the pass that {@link #pass} makes. */
  static Noise noise() {
    return new Noise(5, "layer", TIME.step(), 0);
  }

  float[] trained() {
    return rule.trained().orElseThrow().array().toFloatArray();
  }

  /** Overwrites the trained array with values around a center, deterministically. */
  void spread(double center, double width) {
    float[] values = trained();
    SplittableRandom random = new SplittableRandom(23);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (center + width * random.nextDouble(-1, 1));
    }
    rule.trained().orElseThrow().set(values);
  }

  /** Forward and backward. */
  void pass() {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray seen;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        seen = rule.value(stored, TIME, noise());
        NDScope.unregister(seen);
      }
      value = seen.toFloatArray();
      NDArray loss = seen.mul(Arrays.copy(manager, c, seen.getShape())).sum();
      if (seen != stored) {
        seen.close();
      }
      freeGarbage();
      collector.backward(loss);
    }
    weightGradient = stored.getGradient().toFloatArray();
    trainedGradient = rule.trained().map(t -> t.array().getGradient().toFloatArray()).orElse(null);
  }

  /**
   * Frees the memory of Java buffers that only the graph still refers to, which does not keep them
   * alive: DJL puts every number, as in {@code mul(0.5)}, into such a buffer.
   */
  private static void freeGarbage() {
    ReferenceQueue<Object> freed = new ReferenceQueue<>();
    PhantomReference<Object> sentinel = new PhantomReference<>(new byte[100], freed);
    try {
      for (int round = 0; round < 2; round++) {
        System.gc();
        freed.remove(200);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Reference.reachabilityFence(sentinel);
  }

  /** The penalty's gradients alone. */
  void penalize() {
    NDArray forWeights = stored.zerosLike();
    NDArray forTrained = rule.trained().map(t -> t.values().zerosLike()).orElse(null);
    rule.addPenalty(stored.stopGradient(), forWeights, forTrained, TIME);
    weightGradient = forWeights.toFloatArray();
    trainedGradient = forTrained == null ? null : forTrained.toFloatArray();
  }

  double penalty() {
    return rule.penalty(stored.stopGradient(), TIME);
  }

  float[] settled() {
    return rule.settled(stored.stopGradient()).toFloatArray();
  }

  /** A central difference in double precision. */
  static double slope(DoubleUnaryOperator function, double at) {
    double h = 1e-6;
    return (function.applyAsDouble(at + h) - function.applyAsDouble(at - h)) / (2 * h);
  }

  @Override
  public void close() {
    manager.close();
  }
}
