package org.espalier.tribuo.network;

import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;

/** What updates the weights: one of DJL's optimizers that work with PyTorch. */
public final class OptimizerSpec
    implements Configurable, Provenancable<ConfiguredObjectProvenance> {

  /** The optimizers. */
  public enum Kind {
    /** Stochastic gradient descent, with momentum if it is above 0. */
    SGD,
    /** D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015. */
    ADAM,
    /** I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019. */
    ADAMW
  }

  @ConfigurableName private String component;

  @Config(description = "SGD, ADAM or ADAMW.")
  private Kind kind = Kind.ADAM;

  @Config(description = "The same at every step, above 0.")
  private double learningRate = 0.001;

  @Config(description = "Of SGD, in [0, 1).")
  private double momentum;

  @Config(description = "Strength of L2 decay, at least 0; decoupled in ADAMW.")
  private double weightDecay;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private OptimizerSpec() {}

  /**
   * An optimizer.
   *
   * @param kind which
   * @param learningRate above 0
   * @param momentum of SGD, in [0, 1); 0 for the others
   * @param weightDecay at least 0
   * @throws PropertyException if a figure is out of its range
   */
  public OptimizerSpec(Kind kind, double learningRate, double momentum, double weightDecay) {
    this.kind = kind;
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    postConfig();
  }

  /** Returns Adam with a learning rate. */
  public static OptimizerSpec adam(double learningRate) {
    return new OptimizerSpec(Kind.ADAM, learningRate, 0, 0);
  }

  /** Returns gradient descent with momentum. */
  public static OptimizerSpec sgd(double learningRate, double momentum) {
    return new OptimizerSpec(Kind.SGD, learningRate, momentum, 0);
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    if (!(learningRate > 0 && learningRate < Float.MAX_VALUE)) {
      throw new PropertyException(
          component, "learningRate", "expected a number above 0, found " + learningRate);
    }
    if (!(momentum >= 0 && momentum < 1) || (momentum > 0 && kind != Kind.SGD)) {
      throw new PropertyException(
          component,
          "momentum",
          "expected a number in [0, 1), and 0 unless the optimizer is SGD, found " + momentum);
    }
    if (!(weightDecay >= 0 && weightDecay < Float.MAX_VALUE)) {
      throw new PropertyException(
          component, "weightDecay", "expected at least 0, found " + weightDecay);
    }
  }

  /** Returns a new optimizer. */
  Optimizer newOptimizer() {
    Tracker rate = Tracker.fixed((float) learningRate);
    float decay = (float) weightDecay;
    return switch (kind) {
      case SGD ->
          Optimizer.sgd()
              .setLearningRateTracker(rate)
              .optMomentum((float) momentum)
              .optWeightDecays(decay)
              .build();
      case ADAM -> Optimizer.adam().optLearningRateTracker(rate).optWeightDecays(decay).build();
      case ADAMW -> Optimizer.adamW().optLearningRateTracker(rate).optWeightDecays(decay).build();
    };
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "OptimizerSpec");
  }
}
