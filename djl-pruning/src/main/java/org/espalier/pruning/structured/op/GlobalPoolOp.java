package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.pooling.Pool;

/**
 * Pooling over all positions: (batch, channels, ...) becomes (batch, channels).
 *
 * @param kind maximum or average
 * @param axes of positions, 1 to 3
 */
public record GlobalPoolOp(PoolOp.Kind kind, int axes) implements Op {

  @Override
  public Block block() {
    if (kind == PoolOp.Kind.MAX) {
      return switch (axes) {
        case 1 -> Pool.globalMaxPool1dBlock();
        case 2 -> Pool.globalMaxPool2dBlock();
        default -> Pool.globalMaxPool3dBlock();
      };
    }
    return switch (axes) {
      case 1 -> Pool.globalAvgPool1dBlock();
      case 2 -> Pool.globalAvgPool2dBlock();
      default -> Pool.globalAvgPool3dBlock();
    };
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    Shape output = tracer.outputShape(input.shape());
    return tracer.onAxis(input, 1).shaped(output);
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
