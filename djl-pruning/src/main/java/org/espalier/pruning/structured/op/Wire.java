package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;

/**
 * The tensor between two ops: its shape, and which channel each index along one axis belongs to.
 * Several indices may belong to one channel, as after a flatten.
 *
 * @param shape with the batch on axis 0
 * @param axis along which channels are counted
 * @param channels one id for each index along {@code axis}
 */
public record Wire(Shape shape, int axis, int[] channels) {

  /** Checks that there is an id for each index. */
  public Wire {
    if (axis < 1 || axis >= shape.dimension() || shape.get(axis) != channels.length) {
      throw new IllegalArgumentException(
          channels.length + " channels on axis " + axis + " of " + shape);
    }
  }

  /** Returns a tensor of another shape with the same channels on the same axis. */
  public Wire shaped(Shape other) {
    return new Wire(other, axis, channels);
  }

  /** Returns the elements of one example for each index along the axis. */
  public long positions() {
    return shape.slice(1).size() / channels.length;
  }
}
