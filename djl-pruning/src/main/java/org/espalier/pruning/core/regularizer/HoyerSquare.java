package org.espalier.pruning.core.regularizer;

import java.util.Map;

/**
 * R = λ (Σ |w|)² / Σ w², tensor by tensor: Hoyer-square, between 1 (one weight) and n (n equal
 * ones), whatever the scale of the weights. Its gradient 2 λ (Σ|w| / Σw²) (sgn(w) - Σ|w| w / Σw²)
 * pushes weights below Σw² / Σ|w| in size to 0 and lets those above grow; 0 in a tensor of zeros.
 *
 * <p>Source: H. Yang, W. Wen, H. Li, "DeepHoyer: Learning Sparser Neural Network with
 * Differentiable Scale-Invariant Sparsity Measures", ICLR 2020, section 3 (H_S and its derivative).
 * There weights below a threshold are pruned afterwards; weights do not become exactly 0 by the
 * gradient. Shapes and patterns play no part.
 *
 * @param strength λ, at least 0
 */
public record HoyerSquare(double strength) implements Separable {

  /** Refuses a negative strength. */
  public HoyerSquare {
    Strength.require(strength);
  }

  @Override
  public String type() {
    return "hoyer-square";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("strength", strength);
  }

  @Override
  public double value(Penalized tensor) {
    double squares = Weights.sumOfSquares(tensor.weights());
    double sum = Weights.sumOfAbsolutes(tensor.weights());
    return squares == 0 ? 0 : strength * sum * sum / squares;
  }

  @Override
  public void addGradient(Penalized tensor, float[] gradient) {
    double squares = Weights.sumOfSquares(tensor.weights());
    if (squares > 0) {
      double ratio = Weights.sumOfAbsolutes(tensor.weights()) / squares;
      double slope = 2 * strength * ratio;
      Weights.addSigns(tensor.weights(), (float) slope, (float) (slope * ratio), gradient);
    }
  }
}
