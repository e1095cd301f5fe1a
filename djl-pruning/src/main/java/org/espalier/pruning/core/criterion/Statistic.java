package org.espalier.pruning.core.criterion;

import java.util.Locale;

/**
 * What a criterion can ask for besides the weights. Statistics are collected over the {@code
 * batches} of the group, with the weights as they are under the masks so far; where they come from
 * a file they stand under {@link #key}.
 */
public enum Statistic {
  /** Gradient of the loss of each batch, summed over the batches. */
  GRADIENT(Extent.WEIGHT, "gradient of the loss of each batch, summed over the batches"),
  /** Absolute value of the gradient of the loss of each batch, summed over the batches. */
  GRADIENT_ABS(
      Extent.WEIGHT,
      "absolute value of the gradient of the loss of each batch, summed over the batches"),
  /** Square of the gradient of each single example's loss, mean over all examples (Fisher). */
  GRADIENT_SQUARE(
      Extent.WEIGHT,
      "square of the gradient of each single example's loss, mean over all examples (Fisher)"),
  /** Gradient of each single example's loss, one row of n weights per example. */
  GRADIENT_SAMPLES(
      Extent.SAMPLES, "gradient of each single example's loss, one row of n weights per example"),
  /** H g: Hessian of the loss times its gradient, summed over the batches. */
  HESSIAN_GRADIENT(
      Extent.WEIGHT, "H g: Hessian of the loss times its gradient, summed over the batches"),
  /** Diagonal of the Hessian of the mean loss, as Hutchinson estimates it. */
  HESSIAN_DIAGONAL(
      Extent.WEIGHT, "diagonal of the Hessian of the mean loss, as Hutchinson estimates it"),
  /** Diagonal of the Hessian of the mean loss, entry by entry; for small networks. */
  HESSIAN_DIAGONAL_EXACT(
      Extent.WEIGHT,
      "diagonal of the Hessian of the mean loss, entry by entry; for small networks"),
  /** Gradient of R = 1ᵀ |W_L| ... |W_1| 1 with respect to |w|; needs no data. */
  FLOW_GRADIENT(
      Extent.WEIGHT, "gradient of R = 1ᵀ |W_L| ... |W_1| 1 with respect to |w|; needs no data"),
  /** Values at the begin of training. */
  INITIAL_VALUE(Extent.WEIGHT, "values at the begin of training"),
  /** L2 norm of each input feature (channel) over all examples and positions. */
  INPUT_NORM(
      Extent.INPUT, "L2 norm of each input feature (channel) over all examples and positions"),
  /** Variance of each input feature (channel) over all examples and positions. */
  INPUT_VARIANCE(
      Extent.INPUT, "variance of each input feature (channel) over all examples and positions"),
  /** Fraction of zeros of each output feature after its activation, over examples, positions. */
  ZERO_FRACTION(
      Extent.OUTPUT,
      "fraction of zeros of each output feature after its activation, over examples, positions"),
  /** Mean over examples and positions of activation times its gradient, per output feature. */
  ACTIVATION_TAYLOR(
      Extent.OUTPUT,
      "mean over examples and positions of activation times its gradient, per output feature"),
  /** Scale γ of the batch norm that reads this layer's output. */
  BN_SCALE(Extent.OUTPUT, "scale γ of the batch norm that reads this layer's output"),
  /** ∂L/∂γ γ + ∂L/∂β β of that batch norm, L summed over the batches. */
  BN_GATE(Extent.OUTPUT, "∂L/∂γ γ + ∂L/∂β β of that batch norm, L summed over the batches"),
  /** L2 norm of the previous layer's weights into each of this layer's inputs. */
  PREVIOUS_NORM(
      Extent.INPUT, "L2 norm of the previous layer's weights into each of this layer's inputs"),
  /** L2 norm of the next layer's weights that read each of this layer's outputs. */
  NEXT_NORM(
      Extent.OUTPUT, "L2 norm of the next layer's weights that read each of this layer's outputs");

  /** How many numbers a statistic has. */
  public enum Extent {
    /** One per weight. */
    WEIGHT,
    /** One per index of axis 1. */
    INPUT,
    /** One per index of axis 0. */
    OUTPUT,
    /** One per weight and example: rows of weights. */
    SAMPLES
  }

  private final Extent extent;
  private final String meaning;

  Statistic(Extent extent, String meaning) {
    this.extent = extent;
    this.meaning = meaning;
  }

  /** Returns what is measured, in one line. */
  public String meaning() {
    return meaning;
  }

  /** Returns whether batches are needed to measure it. */
  public boolean needsData() {
    return switch (this) {
      case FLOW_GRADIENT, INITIAL_VALUE, BN_SCALE, PREVIOUS_NORM, NEXT_NORM -> false;
      default -> true;
    };
  }

  /** Returns how many numbers there are. */
  public Extent extent() {
    return extent;
  }

  /** Returns the name in statistics files: tensor {@code NAME.key} for the weight {@code NAME}. */
  public String key() {
    return this == HESSIAN_DIAGONAL_EXACT
        ? HESSIAN_DIAGONAL.key()
        : name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns whether so many numbers fit a weight.
   *
   * @param shape of the weight
   */
  public boolean fits(long numbers, int[] shape) {
    long weights = 1;
    for (int axis : shape) {
      weights *= axis;
    }
    return switch (extent) {
      case WEIGHT -> numbers == weights;
      case INPUT -> shape.length > 1 && numbers == shape[1];
      case OUTPUT -> shape.length > 0 && numbers == shape[0];
      case SAMPLES -> numbers > 0 && weights > 0 && numbers % weights == 0;
    };
  }
}
