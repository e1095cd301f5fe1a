package org.espalier.pruning.core.regularizer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * R = λ Σ |w|. Two forms:
 *
 * <ul>
 *   <li>{@code subgradient}: the gradient λ sgn(w), sgn(0) = 0. Weights come near 0 and jump over
 *       it; hardly one is ever exactly 0, so a threshold must follow.
 *   <li>{@code proximal}: after the update w = sgn(w) max(|w| - rate λ, 0). Weights become exactly
 *       0, and come back where the gradient of the data is strong enough.
 * </ul>
 *
 * <p>On the gammas of batch norms this is the sparsity training of network slimming (Z. Liu et al.,
 * "Learning Efficient Convolutional Networks through Network Slimming", ICCV 2017, equation 1).
 *
 * <p>Source: R. Tibshirani, "Regression Shrinkage and Selection via the Lasso", JRSS B 58(1), 1996,
 * equation 3 (soft thresholding for an orthonormal design); J. Langford, L. Li, T. Zhang, "Sparse
 * Online Learning via Truncated Gradient", JMLR 10, 2009, section 3. Equation numbers from memory.
 * The proximal step uses the optimizer's learning rate, also with momentum and with Adam, which
 * scales its own steps weight by weight. Shapes and patterns play no part.
 *
 * @param proximal whether it acts by its proximal step
 * @param strength λ, at least 0
 */
public record L1(boolean proximal, double strength) implements Separable {

  /** Refuses a negative strength. */
  public L1 {
    Strength.require(strength);
  }

  @Override
  public String type() {
    return "l1";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("strength", strength);
    parameters.put("form", proximal ? "proximal" : "subgradient");
    return parameters;
  }

  @Override
  public double value(Penalized tensor) {
    return strength * Weights.sumOfAbsolutes(tensor.weights());
  }

  @Override
  public void addGradient(Penalized tensor, float[] gradient) {
    Weights.addSigns(tensor.weights(), (float) strength, gradient);
  }

  @Override
  public boolean stepsAfterUpdate() {
    return proximal;
  }

  @Override
  public void step(Penalized tensor, double learningRate) {
    Weights.shrink(tensor.weights(), (float) (learningRate * strength));
  }
}
