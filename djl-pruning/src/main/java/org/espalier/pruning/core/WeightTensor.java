package org.espalier.pruning.core;

import java.util.Arrays;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * What a criterion may look at: the values of one parameter and, where it asked for them, the
 * gradients of the loss. The arrays are shared, not copied, and must not be written to.
 */
public final class WeightTensor {

  private final String name;
  private final int[] shape;
  private final float[] values;
  private final Optional<float[]> gradients;

  private WeightTensor(String name, int[] shape, float[] values, Optional<float[]> gradients) {
    this.name = name;
    this.shape = shape.clone();
    this.values = requireLength(name, "values", values, shape);
    this.gradients = gradients.map(g -> requireLength(name, "gradients", g, shape));
  }

  /**
   * @param name path of the parameter
   * @param shape its extents
   * @param values row-major
   */
  public static WeightTensor of(String name, int[] shape, float[] values) {
    return new WeightTensor(name, shape, values, Optional.empty());
  }

  /**
   * Returns the same tensor with gradients.
   *
   * @param gradients of the loss with respect to each value, row-major
   */
  public WeightTensor withGradients(float[] gradients) {
    return new WeightTensor(name, shape, values, Optional.of(gradients));
  }

  /** Returns the path of the parameter. */
  public String name() {
    return name;
  }

  /** Returns a copy of the extents. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns the values, row-major; not a copy. */
  public float[] values() {
    return values;
  }

  /**
   * Returns the gradients, row-major; not a copy.
   *
   * @throws IllegalStateException if the criterion did not declare that it needs them
   */
  public float[] gradients() {
    return gradients.orElseThrow(
        () ->
            new IllegalStateException(
                name + " has no gradients: the criterion must name them in needs()"));
  }

  /** Refuses weights that cannot decide a mask: NaN and the infinities. */
  void requireFinite() {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidInputException(
            name + "[" + i + "]",
            "finite weights to decide a mask",
            Float.toString(values[i]),
            "lower the learning rate or mend the weights; nothing was pruned");
      }
    }
  }

  private static float[] requireLength(String name, String what, float[] array, int[] shape) {
    if (array.length != Mask.elements(shape)) {
      throw new IllegalArgumentException(
          "%s of %s: shape %s does not hold %d elements"
              .formatted(what, name, Arrays.toString(shape), array.length));
    }
    return array;
  }
}
