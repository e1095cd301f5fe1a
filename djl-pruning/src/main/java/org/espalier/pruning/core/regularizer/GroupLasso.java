package org.espalier.pruning.core.regularizer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * R = λ Σ_g √n ||w_g||, over the units g of the group's pattern, n weights in each: whole units
 * become 0 together. Two forms:
 *
 * <ul>
 *   <li>{@code subgradient}: λ √n w / ||w_g||, where the length is that of the <em>weights</em>
 *       (Intel Neural Compressor 2.6 divides by the length of the gradient, which is another
 *       function's gradient); 0 for a unit that is 0.
 *   <li>{@code proximal}: after the update w_g = w_g max(1 - rate λ √n / ||w_g||, 0); units become
 *       exactly 0.
 * </ul>
 *
 * <p>Source: M. Yuan, Y. Lin, "Model Selection and Estimation in Regression with Grouped
 * Variables", JRSS B 68(1), 2006, section 2; for networks W. Wen, C. Wu, Y. Wang, Y. Chen, H. Li,
 * "Learning Structured Sparsity in Deep Neural Networks", NIPS 2016, section 3: filters are the
 * pattern {@code channel}, input channels {@code input-channel}, rows of kernels {@code vector}.
 *
 * @param proximal whether it acts by its proximal step
 * @param strength λ, at least 0
 */
public record GroupLasso(boolean proximal, double strength) implements Separable {

  /** Refuses a negative strength. */
  public GroupLasso {
    Strength.require(strength);
  }

  @Override
  public String type() {
    return "group-lasso";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("strength", strength);
    parameters.put("form", proximal ? "proximal" : "subgradient");
    return parameters;
  }

  @Override
  public void requireFits(SparsityPattern pattern) {
    Units.require(type(), pattern);
  }

  @Override
  public double value(Penalized tensor) {
    Units units = Units.of(tensor);
    double sum = 0;
    for (double length : units.lengths(tensor.weights())) {
      sum += length;
    }
    return strength * Math.sqrt(units.size()) * sum;
  }

  @Override
  public void addGradient(Penalized tensor, float[] gradient) {
    Units units = Units.of(tensor);
    double[] factors = units.lengths(tensor.weights());
    double slope = strength * Math.sqrt(units.size());
    for (int unit = 0; unit < factors.length; unit++) {
      factors[unit] = factors[unit] == 0 ? 0 : slope / factors[unit];
    }
    units.addScaled(tensor.weights(), factors, gradient);
  }

  @Override
  public boolean stepsAfterUpdate() {
    return proximal;
  }

  @Override
  public void step(Penalized tensor, double learningRate) {
    Units units = Units.of(tensor);
    double[] factors = units.lengths(tensor.weights());
    double reach = learningRate * strength * Math.sqrt(units.size());
    for (int unit = 0; unit < factors.length; unit++) {
      factors[unit] = factors[unit] <= reach ? 0 : 1 - reach / factors[unit];
    }
    units.scale(tensor.weights(), factors);
  }
}
