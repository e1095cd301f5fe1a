package org.espalier.pruning.structured.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A transformer's encoder layer around any attention and any feed-forward block. Otherwise it is
 * {@link ai.djl.nn.transformer.TransformerEncoderBlock}, with its names and its peculiarities: both
 * residual additions add the input x of the layer, and norms normalize each feature over batch and
 * positions.
 *
 * <pre>
 * a = norm1(dropout(attention(x, mask)) + x)
 * y = norm2(dropout(feedForward(a)) + x)
 * </pre>
 *
 * <p>Inputs: x (batch, positions, width), and a mask that goes to the attention if there is one.
 * Output: y, of the shape of x.
 */
public final class SlimEncoderBlock extends AbstractBlock {

  private final Block selfAttention;
  private final Block attentionNorm;
  private final Block feedForward;
  private final Block outputNorm;

  /** DJL does not name its dropouts as children either: the tree stays the same. */
  private final Dropout attentionDropout;

  private final Dropout outputDropout;

  /**
   * @param parts attention, the norm behind it, feed-forward block, the norm behind it
   * @param attentionDropRate of what attention returns, in training
   * @param outputDropRate of what the feed-forward block returns, in training
   */
  @SuppressWarnings("this-escape")
  public SlimEncoderBlock(Parts parts, float attentionDropRate, float outputDropRate) {
    selfAttention = addChildBlock("selfAttention", parts.attention());
    attentionNorm = addChildBlock("attentionNorm", parts.attentionNorm());
    feedForward = addChildBlock("outputBlock", parts.feedForward());
    outputNorm = addChildBlock("outputNorm", parts.outputNorm());
    attentionDropout = Dropout.builder().optRate(attentionDropRate).build();
    outputDropout = Dropout.builder().optRate(outputDropRate).build();
  }

  /** The children of an encoder layer, in their order. */
  public record Parts(Block attention, Block attentionNorm, Block feedForward, Block outputNorm) {}

  /** Returns the dropout of what attention returns. */
  public Dropout attentionDropout() {
    return attentionDropout;
  }

  /** Returns the dropout of what the feed-forward block returns. */
  public Dropout outputDropout() {
    return outputDropout;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[0]};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    Shape embeddings = inputShapes[0];
    selfAttention.initialize(manager, dataType, inputShapes);
    attentionNorm.initialize(manager, dataType, embeddings);
    feedForward.initialize(manager, dataType, embeddings);
    outputNorm.initialize(manager, dataType, embeddings);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray embeddings = inputs.head();
    NDList attended =
        attentionDropout.forward(store, selfAttention.forward(store, inputs, training), training);
    NDList first = new NDList(attended.singletonOrThrow().add(embeddings));
    NDList normalized = attentionNorm.forward(store, first, training);
    NDList hidden =
        outputDropout.forward(store, feedForward.forward(store, normalized, training), training);
    NDList second = new NDList(hidden.singletonOrThrow().add(embeddings));
    return outputNorm.forward(store, second, training);
  }
}
