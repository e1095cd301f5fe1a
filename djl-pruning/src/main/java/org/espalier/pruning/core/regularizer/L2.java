package org.espalier.pruning.core.regularizer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * R = λ/2 Σ w², so that λ is what optimizers call weight decay. Three forms:
 *
 * <ul>
 *   <li>{@code coupled}: the gradient λ w goes through the optimizer, its momentum and its moments,
 *       as the weight decay of DJL's Sgd and Adam does.
 *   <li>{@code decoupled}: after the update w = (1 - rate λ) w, whatever the optimizer made of
 *       gradients. AdamW decays the weights from before its update; the difference is of the order
 *       of rate².
 *   <li>{@code proximal}: after the update w = w / (1 + rate λ), stable for every rate.
 * </ul>
 *
 * <p>Source: A. Krogh, J. Hertz, "A Simple Weight Decay Can Improve Generalization", NIPS 1991; I.
 * Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, section 2; N. Parikh,
 * S. Boyd, "Proximal Algorithms", Foundations and Trends in Optimization 1(3), 2014, section 2.1.1.
 * It makes weights small, none exactly 0. Shapes and patterns play no part.
 *
 * @param form how it acts
 * @param strength λ, at least 0
 */
public record L2(Form form, double strength) implements Separable {

  /** How weights decay. */
  public enum Form {
    /** By the gradient. */
    COUPLED,
    /** By a factor after the update. */
    DECOUPLED,
    /** By the proximal step after the update. */
    PROXIMAL;

    /** Returns the text form. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses a negative strength. */
  public L2 {
    Strength.require(strength);
  }

  @Override
  public String type() {
    return "l2";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("strength", strength);
    parameters.put("form", form.text());
    return parameters;
  }

  @Override
  public double value(Penalized tensor) {
    return strength / 2 * Weights.sumOfSquares(tensor.weights());
  }

  @Override
  public void addGradient(Penalized tensor, float[] gradient) {
    float[] weights = tensor.weights();
    float factor = (float) strength;
    for (int i = 0; i < weights.length; i++) {
      gradient[i] += factor * weights[i];
    }
  }

  @Override
  public boolean stepsAfterUpdate() {
    return form != Form.COUPLED;
  }

  @Override
  public void step(Penalized tensor, double learningRate) {
    double decay = learningRate * strength;
    float factor = (float) (form == Form.DECOUPLED ? 1 - decay : 1 / (1 + decay));
    float[] weights = tensor.weights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= factor;
    }
  }
}
