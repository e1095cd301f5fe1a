package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.pruning.djl.network.Internals;
import org.espalier.pruning.structured.block.SlimAttentionBlock;

/**
 * Scaled dot-product attention. A head is a channel: {@code headSize} rows of the key, query and
 * value projections with their biases, and as many columns of the result projection. The width of
 * embeddings stays: layers around attention add its output to its input.
 *
 * @param width of the embeddings that are read and returned
 * @param heads that are left
 * @param headSize rows of each head
 * @param dropRate of attention probabilities, in training
 */
public record AttentionOp(int width, int heads, int headSize, float dropRate) implements Op {

  private static final int RESULT = 3;

  /** Describes DJL's block or ours. */
  public static AttentionOp of(Block block) {
    float rate = DropoutOp.of(block.getChildren().get(RESULT + 1).getValue()).rate();
    if (block instanceof SlimAttentionBlock slim) {
      return new AttentionOp(slim.width(), slim.heads(), slim.headSize(), rate);
    }
    int width = (int) read("embeddingSize", block);
    int heads = (int) read("headCount", block);
    return new AttentionOp(width, heads, width / heads, rate);
  }

  private static Object read(String field, Block block) {
    return Internals.value(ScaledDotProductAttentionBlock.class, field, block);
  }

  /** Returns whether DJL's block can do it: heads make up the width. */
  private boolean whole() {
    return heads * headSize == width;
  }

  @Override
  public Block block() {
    return whole()
        ? ScaledDotProductAttentionBlock.builder()
            .setEmbeddingSize(width)
            .setHeadCount(heads)
            .optAttentionProbsDropoutProb(dropRate)
            .build()
        : new SlimAttentionBlock(width, heads, headSize, dropRate);
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    List<Wire> inputs = input.all();
    boolean self = inputs.size() < 3;
    int[] channels = tracer.fresh(heads);
    int[] rows = IntStream.range(0, heads * headSize).map(i -> channels[i / headSize]).toArray();
    for (int child = 0; child < RESULT; child++) {
      Wire read = tracer.onAxis(inputs.get(self ? 0 : child), 2);
      Tracer projection = tracer.child(child);
      tracer.keep(read.channels(), "the width of attention stays");
      projection.bind("weight", 0, rows);
      projection.bind("bias", 0, rows);
      projection.bind("weight", 1, read.channels());
      projection.uses("weight", read.shape().get(1));
    }
    Shape shape = inputs.get(self ? 0 : 1).shape();
    int[] outputs = tracer.fresh(width);
    tracer.keep(outputs, "the width of attention stays");
    Tracer result = tracer.child(RESULT);
    result.bind("weight", 0, outputs);
    result.bind("bias", 0, outputs);
    result.bind("weight", 1, rows);
    result.uses("weight", shape.get(1));
    return new Wire(shape, 2, outputs);
  }

  @Override
  public Op shrink(Cut cut) {
    int left = cut.child(0).kept("weight", 0) / headSize;
    return new AttentionOp(width, left, headSize, dropRate);
  }
}
