package org.espalier.pruning.core.regularizer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * R = λ ((1 - α) Σ_g √n ||w_g|| + α Σ |w|): whole units of the group's pattern become 0, and single
 * weights in the units that stay. α = 0 is {@link GroupLasso}, α = 1 is {@link L1}; as a gradient,
 * or as the proximal step: soft thresholding by rate λ α, then the group step by rate λ (1 - α).
 *
 * <p>Source: N. Simon, J. Friedman, T. Hastie, R. Tibshirani, "A Sparse-Group Lasso", JCGS 22(2),
 * 2013, equations 3 and 12 (numbers from memory); for networks S. Scardapane, D. Comminiello, A.
 * Hussain, A. Uncini, "Group Sparse Regularization for Deep Neural Networks", Neurocomputing 241,
 * 2017, section 3 (there both parts weigh the same).
 *
 * @param proximal whether it acts by its proximal step
 * @param strength λ, at least 0
 * @param alpha share of the L1 norm, in [0, 1]
 */
public record SparseGroupLasso(boolean proximal, double strength, double alpha)
    implements Separable {

  /** Refuses a negative strength and an alpha outside [0, 1]. */
  public SparseGroupLasso {
    Strength.require(strength);
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new InvalidInputException(
          "alpha", "a number in [0, 1]", Double.toString(alpha), "0 is group-lasso, 1 is l1");
    }
  }

  private L1 single() {
    return new L1(proximal, strength * alpha);
  }

  private GroupLasso grouped() {
    return new GroupLasso(proximal, strength * (1 - alpha));
  }

  @Override
  public String type() {
    return "sparse-group-lasso";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("strength", strength);
    parameters.put("alpha", alpha);
    parameters.put("form", proximal ? "proximal" : "subgradient");
    return parameters;
  }

  @Override
  public void requireFits(SparsityPattern pattern) {
    Units.require(type(), pattern);
  }

  @Override
  public double value(Penalized tensor) {
    return single().value(tensor) + grouped().value(tensor);
  }

  @Override
  public void addGradient(Penalized tensor, float[] gradient) {
    single().addGradient(tensor, gradient);
    grouped().addGradient(tensor, gradient);
  }

  @Override
  public boolean stepsAfterUpdate() {
    return proximal;
  }

  @Override
  public void step(Penalized tensor, double learningRate) {
    single().step(tensor, learningRate);
    grouped().step(tensor, learningRate);
  }
}
