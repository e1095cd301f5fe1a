package org.espalier.pruning.report;

import java.util.List;
import java.util.Objects;

/**
 * One weight tensor of a network that has lost channels.
 *
 * @param name path of the parameter
 * @param shapeBefore extents, each at least 1
 * @param shapeAfter as many extents, none larger
 * @param modelled times that a hardware model predicts of the layer before and after
 * @param verdict whether the layer gains
 */
public record CutLayer(
    String name,
    List<Integer> shapeBefore,
    List<Integer> shapeAfter,
    Timing modelled,
    Verdict verdict) {

  /** Copies the lists and checks that they fit each other. */
  public CutLayer {
    Checks.text("name", name);
    shapeBefore = List.copyOf(shapeBefore);
    shapeAfter = List.copyOf(shapeAfter);
    if (shapeBefore.size() != shapeAfter.size()) {
      throw new IllegalArgumentException(
          "shapes of '%s' must have the same axes, found %s and %s"
              .formatted(name, shapeBefore, shapeAfter));
    }
    Objects.requireNonNull(modelled, "modelled");
    Objects.requireNonNull(verdict, "verdict");
  }

  /** Returns how many weights there were, and how many there are. */
  public Reduction elements() {
    return new Reduction(product(shapeBefore), product(shapeAfter));
  }

  private static long product(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
