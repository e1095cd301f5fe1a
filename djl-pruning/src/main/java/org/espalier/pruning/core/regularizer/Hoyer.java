package org.espalier.pruning.core.regularizer;

import java.util.Map;

/**
 * R = λ Σ |w| / √(Σ w²), tensor by tensor: the ratio of the L1 and the L2 norm. Between 1 (one
 * weight) and √n (n equal ones), whatever the scale of the weights, so that it makes a tensor
 * sparse and not small. Gradient: λ (sgn(w) - Σ|w| w / Σw²) / √(Σw²), 0 in a tensor of zeros.
 *
 * <p>Source: P. Hoyer, "Non-negative Matrix Factorization with Sparseness Constraints", JMLR 5,
 * 2004, section 2 (the ratio in his measure, {@link #sparseness}); as a regularizer H. Yang, W.
 * Wen, H. Li, "DeepHoyer: Learning Sparser Neural Network with Differentiable Scale-Invariant
 * Sparsity Measures", ICLR 2020, section 3. Shapes and patterns play no part. It has no proximal
 * step here.
 *
 * @param strength λ, at least 0
 */
public record Hoyer(double strength) implements Separable {

  /** Refuses a negative strength. */
  public Hoyer {
    Strength.require(strength);
  }

  /**
   * Returns Hoyer's sparseness (√n - Σ|w| / √(Σw²)) / (√n - 1): 0 where all n weights are equal in
   * size, 1 where a single one is not zero.
   *
   * @param weights at least two, not all zero
   */
  public static double sparseness(float[] weights) {
    double root = Math.sqrt(weights.length);
    return (root - ratio(weights)) / (root - 1);
  }

  private static double ratio(float[] weights) {
    double squares = Weights.sumOfSquares(weights);
    return squares == 0 ? 0 : Weights.sumOfAbsolutes(weights) / Math.sqrt(squares);
  }

  @Override
  public String type() {
    return "hoyer";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("strength", strength);
  }

  @Override
  public double value(Penalized tensor) {
    return strength * ratio(tensor.weights());
  }

  @Override
  public void addGradient(Penalized tensor, float[] gradient) {
    double squares = Weights.sumOfSquares(tensor.weights());
    if (squares > 0) {
      double slope = strength / Math.sqrt(squares);
      double pull = slope * Weights.sumOfAbsolutes(tensor.weights()) / squares;
      Weights.addSigns(tensor.weights(), (float) slope, (float) pull, gradient);
    }
  }
}
