package org.espalier.pruning.core.regularizer;

import java.util.Map;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * R = λ (Σ_g ||w_g||)² / Σ_g ||w_g||², over the units g of the group's pattern, tensor by tensor:
 * {@link HoyerSquare} of the lengths of the units. Gradient in unit g, with S = Σ_g ||w_g|| and Q =
 * Σ w²: 2 λ (S / Q) (1 / ||w_g|| - S / Q) w; 0 in a unit of zeros.
 *
 * <p>Source: H. Yang, W. Wen, H. Li, "DeepHoyer: Learning Sparser Neural Network with
 * Differentiable Scale-Invariant Sparsity Measures", ICLR 2020, section 3 (G_H, for filters and
 * channels).
 *
 * @param strength λ, at least 0
 */
public record GroupHoyerSquare(double strength) implements Separable {

  /** Refuses a negative strength. */
  public GroupHoyerSquare {
    Strength.require(strength);
  }

  @Override
  public String type() {
    return "group-hoyer-square";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("strength", strength);
  }

  @Override
  public void requireFits(SparsityPattern pattern) {
    Units.require(type(), pattern);
  }

  @Override
  public double value(Penalized tensor) {
    double sum = 0;
    double squares = 0;
    for (double length : Units.of(tensor).lengths(tensor.weights())) {
      sum += length;
      squares += length * length;
    }
    return squares == 0 ? 0 : strength * sum * sum / squares;
  }

  @Override
  public void addGradient(Penalized tensor, float[] gradient) {
    Units units = Units.of(tensor);
    double[] factors = units.lengths(tensor.weights());
    double sum = 0;
    double squares = 0;
    for (double length : factors) {
      sum += length;
      squares += length * length;
    }
    double ratio = sum / squares;
    for (int unit = 0; unit < factors.length; unit++) {
      factors[unit] = factors[unit] == 0 ? 0 : 2 * strength * ratio * (1 / factors[unit] - ratio);
    }
    units.addScaled(tensor.weights(), factors, gradient);
  }
}
