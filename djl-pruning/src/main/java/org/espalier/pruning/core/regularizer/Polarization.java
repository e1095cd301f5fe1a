package org.espalier.pruning.core.regularizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * R = λ (t ||γ||_1 - ||γ - mean(γ)||_1) over all tensors of the group together, meant for the
 * gammas of batch norms: it parts them into those at 0 and those at one value well above, so that
 * there is a gap to cut at. Gradient: λ (t sgn(γ_i) + s_i), s_i = mean over j of sgn(γ_j - m) -
 * sgn(γ_i - m), where m is the mean of all γ and sgn(0) = 0. A gamma of exactly 0 has the
 * subgradient that is nearest to 0: 0 where |s_i| is at most t.
 *
 * <p>Source: T. Zhuang, Z. Zhang, Y. Huang, X. Zeng, K. Shuang, X. Li, "Neuron-level Structured
 * Pruning using Polarization Regularizer", NeurIPS 2020, equation 2 (number from memory): γ are the
 * scaling factors of the whole network, hence all tensors of the group. Defaults of the authors'
 * code for ResNet-56: t = 1.4, λ = 5e-5. R may be negative; masked gammas count as zeros.
 *
 * @param strength λ, at least 0
 * @param t weight of the L1 norm, at least 0; the larger, the more gammas go to 0
 */
public record Polarization(double strength, double t) implements Regularizer {

  /** Refuses negative numbers. */
  public Polarization {
    Strength.require(strength);
    Strength.require("t", t);
  }

  @Override
  public String type() {
    return "polarization";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("strength", strength);
    parameters.put("t", t);
    return parameters;
  }

  @Override
  public double value(List<Penalized> group) {
    double mean = mean(group);
    double sum = 0;
    for (Penalized tensor : group) {
      for (float gamma : tensor.weights()) {
        sum += t * Math.abs(gamma) - Math.abs(gamma - mean);
      }
    }
    return strength * sum;
  }

  @Override
  public void addGradients(List<Penalized> group, List<float[]> gradients) {
    double mean = mean(group);
    double signs = 0;
    long count = 0;
    for (Penalized tensor : group) {
      for (float gamma : tensor.weights()) {
        signs += Weights.sign(gamma - mean);
      }
      count += tensor.weights().length;
    }
    for (int k = 0; k < gradients.size(); k++) {
      float[] gammas = group.get(k).weights();
      float[] gradient = gradients.get(k);
      for (int i = 0; i < gammas.length; i++) {
        double slope = signs / count - Weights.sign(gammas[i] - mean);
        slope += gammas[i] == 0 ? -Math.max(-t, Math.min(t, slope)) : t * Weights.sign(gammas[i]);
        gradient[i] += (float) (strength * slope);
      }
    }
  }

  private static double mean(List<Penalized> group) {
    double sum = 0;
    long count = 0;
    for (Penalized tensor : group) {
      for (float gamma : tensor.weights()) {
        sum += gamma;
      }
      count += tensor.weights().length;
    }
    return sum / count;
  }
}
