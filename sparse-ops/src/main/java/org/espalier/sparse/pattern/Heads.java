package org.espalier.sparse.pattern;

import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * The attention heads of a projection, each zero or kept as one: H equal slices along axis 0, the
 * outputs of a query, key or value projection; or along axis 1, the inputs of the projection that
 * joins the heads ({@code head:H:input}). A matrix that holds query, key and value one after the
 * other must be split first: its slices are not heads.
 *
 * <p>Source: P. Michel, O. Levy, G. Neubig, "Are Sixteen Heads Really Better than One?", NeurIPS
 * 2019.
 *
 * @param heads H, at least 1
 * @param axis 0 or 1
 */
public record Heads(int heads, int axis) implements Tiled {

  /** Refuses fewer heads than one and other axes. */
  public Heads {
    if (heads < 1 || axis < 0 || axis > 1) {
      throw new InvalidInputException(
          "pattern",
          "head:H or head:H:input with H of at least 1, along axis 0 or 1",
          "%d heads along axis %d".formatted(heads, axis),
          "write for example head:8");
    }
  }

  @Override
  public String text() {
    return "head:" + heads + (axis == 1 ? ":input" : "");
  }

  @Override
  public Optional<String> misfit(int[] shape) {
    return shape.length > axis && shape[axis] % heads == 0
        ? Optional.empty()
        : Optional.of("a multiple of %d along axis %d".formatted(heads, axis));
  }

  @Override
  public Tiling tiling(int[] shape) {
    return axis == 0
        ? Tiling.runs(heads, Mask.elements(shape) / heads)
        : Tiling.slicesOfAxis1(shape, heads);
  }
}
