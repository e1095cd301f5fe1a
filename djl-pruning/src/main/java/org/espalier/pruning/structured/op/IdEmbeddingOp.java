package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.transformer.IdEmbedding;

/**
 * A vector for each id: embedding (entries, width). Columns may go, rows stay: what enters are ids.
 *
 * @param entries ids that have a vector
 * @param width of the vectors
 */
public record IdEmbeddingOp(int entries, int width) implements Op {

  /** Describes an initialized block. */
  public static IdEmbeddingOp of(Block block) {
    Shape shape = block.getDirectParameters().get("embedding").getArray().getShape();
    return new IdEmbeddingOp(Math.toIntExact(shape.get(0)), Math.toIntExact(shape.get(1)));
  }

  @Override
  public Block block() {
    return new IdEmbedding.Builder().setDictionarySize(entries).setEmbeddingSize(width).build();
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    int[] channels = tracer.fresh(width);
    tracer.bind("embedding", 1, channels);
    Shape shape = input.shape();
    return new Wire(shape.addAll(new Shape(width)), shape.dimension(), channels);
  }

  @Override
  public Op shrink(Cut cut) {
    return new IdEmbeddingOp(entries, cut.kept("embedding", 1));
  }
}
