package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.pooling.Pool;

/**
 * Pooling over windows of one, two or three axes.
 *
 * @param kind maximum or average
 * @param kernel extents of a window
 * @param stride per axis
 * @param padding per axis
 * @param ceil whether a last, incomplete window counts
 * @param countPadding whether averages count padding
 */
public record PoolOp(
    Kind kind, Shape kernel, Shape stride, Shape padding, boolean ceil, boolean countPadding)
    implements Op {

  /** What is taken of a window. */
  public enum Kind {
    MAX,
    AVERAGE
  }

  @Override
  public Block block() {
    int axes = kernel.dimension();
    if (kind == Kind.MAX) {
      return switch (axes) {
        case 1 -> Pool.maxPool1dBlock(kernel, stride, padding, ceil);
        case 2 -> Pool.maxPool2dBlock(kernel, stride, padding, ceil);
        default -> Pool.maxPool3dBlock(kernel, stride, padding, ceil);
      };
    }
    return switch (axes) {
      case 1 -> Pool.avgPool1dBlock(kernel, stride, padding, ceil, countPadding);
      case 2 -> Pool.avgPool2dBlock(kernel, stride, padding, ceil, countPadding);
      default -> Pool.avgPool3dBlock(kernel, stride, padding, ceil, countPadding);
    };
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    return tracer.onAxis(input, 1).shaped(tracer.outputShape(input.shape()));
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
