package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensor between two ops: its shape, and which channel each index along one axis belongs to.
 * Several indices may belong to one channel, as after a flatten. Blocks that take or return several
 * tensors (masked attention, BERT) have the others beside the first.
 *
 * @param shape with the batch on axis 0
 * @param axis along which channels are counted
 * @param channels one id for each index along {@code axis}
 * @param others tensors behind this one in DJL's list, which have no others themselves
 */
public record Wire(Shape shape, int axis, int[] channels, List<Wire> others) {

  /** A single tensor. */
  public Wire(Shape shape, int axis, int[] channels) {
    this(shape, axis, channels, List.of());
  }

  /** Checks that there is an id for each index. */
  public Wire {
    others = List.copyOf(others);
    if (axis < 1 || axis >= shape.dimension() || shape.get(axis) != channels.length) {
      throw new IllegalArgumentException(
          channels.length + " channels on axis " + axis + " of " + shape);
    }
  }

  /** Returns this tensor with others behind it. */
  public Wire with(List<Wire> behind) {
    return new Wire(shape, axis, channels, behind);
  }

  /** Returns this tensor and the others, each by itself. */
  public List<Wire> all() {
    List<Wire> all = new ArrayList<>(List.of(with(List.of())));
    all.addAll(others);
    return all;
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
