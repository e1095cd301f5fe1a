package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import java.util.function.UnaryOperator;
import org.espalier.pruning.structured.block.LayerDropBlock;

/**
 * A layer that is sometimes left out in training ({@link LayerDropBlock}). What it returns takes
 * the place of its input, so their channels go together.
 *
 * @param layer residual
 * @param rate probability that it is left out, in [0, 1]
 */
public record LayerDropOp(Op layer, float rate) implements Op {

  @Override
  public Block block() {
    return new LayerDropBlock(layer.block(), rate);
  }

  /** The block shows the layer's children and parameters as its own. */
  @Override
  public Wire trace(Wire input, Tracer tracer) {
    Wire output = layer.trace(input, tracer);
    tracer.unite(tracer.onAxis(input, output.axis()), output);
    return output;
  }

  @Override
  public Op shrink(Cut cut) {
    return new LayerDropOp(layer.shrink(cut), rate);
  }

  @Override
  public Op mapChildren(UnaryOperator<Op> change) {
    return new LayerDropOp(change.apply(layer), rate);
  }
}
