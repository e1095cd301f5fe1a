package org.espalier.pruning.core.allocation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.InvalidInputException;

/**
 * Small tensors stay denser: density min(1, ε r^power), with one ε for the group. For a tensor of
 * shape (out, in, k_1, k_2 ...), r is (in + out) / (in · out) under {@link Form#ER} and (in + out +
 * k_1 + k_2 ...) / (in · out · k_1 · k_2 ...) under {@link Form#ERK}; "in" is axis 1 as stored, so
 * in / groups for a grouped convolution, and 1 for a tensor of one axis. Tensors that ε r would
 * make denser than dense are dense, and ε is solved again for the others.
 *
 * <p>Source: D. Mocanu et al., "Scalable training of artificial neural networks with adaptive
 * sparse connectivity inspired by network science", Nature Communications 9 (2018), equation 3
 * (ER); U. Evci et al., "Rigging the Lottery", ICML 2020, section 3 (ERK) and {@code
 * sparse_utils.get_mask_random} (power).
 *
 * @param form which axes count
 * @param power of the ratios: 0 is uniform, 1 is the papers'; in [0, 16]
 * @param terms what is counted, and the floor
 */
public record ErdosRenyi(Form form, double power, Terms terms) implements ByDensity {

  /** Which axes count. */
  public enum Form {
    /** Input and output features. */
    ER,
    /** The axes of kernels too. */
    ERK
  }

  /** Refuses a power that is none. */
  public ErdosRenyi {
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(terms, "terms");
    if (!(power >= 0 && power <= 16)) {
      throw new InvalidInputException(
          "power", "a number in [0, 16]", Double.toString(power), "1 is the papers'");
    }
  }

  /** Returns the allocation of the papers, by weights. */
  public static ErdosRenyi of(Form form) {
    return new ErdosRenyi(form, 1, Terms.DEFAULT);
  }

  @Override
  public String type() {
    return form == Form.ER ? "er" : "erk";
  }

  @Override
  public double[] densities(double sparsity, List<TensorInfo> tensors, double[] floors) {
    return ByDensity.meet(this, sparsity, filling(tensors, floors));
  }

  /**
   * Returns ε of the formula.
   *
   * @param sparsity of the group, in [0, 1)
   * @param tensors of the group, without floors
   */
  double epsilon(double sparsity, List<TensorInfo> tensors) {
    Filling filling = filling(tensors, new double[tensors.size()]);
    return filling.scale(ByDensity.allowed(sparsity, filling.costs()));
  }

  private Filling filling(List<TensorInfo> tensors, double[] floors) {
    double[] ratios = tensors.stream().mapToDouble(t -> Math.pow(ratio(t), power)).toArray();
    double[] ones = new double[ratios.length];
    Arrays.fill(ones, 1);
    return new Filling(ratios, floors, ones, ByDensity.costs(terms.budget(), tensors));
  }

  private double ratio(TensorInfo tensor) {
    int[] shape = tensor.shape();
    int axes = form == Form.ERK ? Math.max(2, shape.length) : 2;
    double sum = 0;
    double product = 1;
    for (int axis = 0; axis < axes; axis++) {
      double extent = axis < shape.length ? shape[axis] : 1;
      sum += extent;
      product *= extent;
    }
    return sum / product;
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("power", power);
    parameters.putAll(terms.parameters());
    return parameters;
  }
}
