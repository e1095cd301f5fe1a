package org.espalier.pruning.structured.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * BERT around any encoder layers: J. Devlin, M.-W. Chang, K. Lee and K. Toutanova, "BERT:
 * Pre-training of Deep Bidirectional Transformers for Language Understanding", NAACL 2019.
 * Otherwise it is {@link BertBlock}, with its names and its peculiarities: the sum of the three
 * embeddings is normalized over batch and positions, and what is pooled is the second token
 * (position 1).
 *
 * <p>Inputs: ids of tokens (batch, positions), ids of their types (batch, positions), masks (batch,
 * positions) with 1 for tokens that count; as many positions as position embeddings. Outputs:
 * (batch, positions, width), and the pooled token (batch, units), or (units) in a batch of one.
 */
public final class SlimBertBlock extends AbstractBlock {

  private static final float MASKED = -100000f;

  private final int width;
  private final Block tokenEmbedding;
  private final Block typeEmbedding;
  private final Parameter positionEmbedding;
  private final Block embeddingNorm;
  private final Block embeddingDropout;
  private final List<Block> encoders = new ArrayList<>();
  private final Block pooling;

  /**
   * @param embedding what makes one vector of each token
   * @param encoders layers, each from (batch, positions, width) and a mask to (batch, positions,
   *     width)
   * @param pooling from (batch, width) to (batch, units), before the hyperbolic tangent
   */
  @SuppressWarnings("this-escape")
  public SlimBertBlock(Embedding embedding, List<Block> encoders, Block pooling) {
    width = embedding.width();
    tokenEmbedding = addChildBlock("tokenEmbedding", embedding.token());
    positionEmbedding =
        addParameter(
            Parameter.builder()
                .setName("positionEmbedding")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(embedding.positions(), width))
                .build());
    typeEmbedding = addChildBlock("typeEmbedding", embedding.type());
    embeddingNorm = addChildBlock("embeddingNorm", embedding.norm());
    embeddingDropout = addChildBlock("embeddingDropout", embedding.dropout());
    for (Block encoder : encoders) {
      this.encoders.add(addChildBlock("transformer_" + this.encoders.size(), encoder));
    }
    this.pooling = addChildBlock("poolingProjection", pooling);
  }

  /**
   * What makes one vector of each token.
   *
   * @param token embedding of its id
   * @param type embedding of the id of its type
   * @param positions how many have an embedding
   * @param width of embeddings
   * @param norm of their sum
   * @param dropout of the normalized sum
   */
  public record Embedding(
      Block token, Block type, int positions, int width, Block norm, Block dropout) {}

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape embeddings = inputShapes[0].addAll(new Shape(width));
    Shape token = new Shape(inputShapes[0].get(0), width);
    return new Shape[] {embeddings, pooling.getOutputShapes(new Shape[] {token})[0]};
  }

  @Override
  protected void beforeInitialize(Shape... inputShapes) {
    super.beforeInitialize(inputShapes);
    inputNames = Arrays.asList("tokenIds", "typeIds", "masks");
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    Shape embeddings = inputShapes[0].addAll(new Shape(width));
    tokenEmbedding.initialize(manager, dataType, inputShapes[0]);
    typeEmbedding.initialize(manager, dataType, inputShapes[1]);
    embeddingNorm.initialize(manager, dataType, embeddings);
    embeddingDropout.initialize(manager, dataType, embeddings);
    encoders.forEach(encoder -> encoder.initialize(manager, dataType, embeddings));
    pooling.initialize(manager, dataType, new Shape(inputShapes[0].get(0), width));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray offsets = offsets(inputs.get(0), inputs.get(2));
    NDArray embeddings = embedded(store, inputs, training);
    for (Block encoder : encoders) {
      NDList input = new NDList(embeddings, offsets);
      // What a layer computes on the way is freed with it.
      try (NDManager scope = NDManager.subManagerOf(input)) {
        scope.tempAttachAll(input);
        embeddings = scope.ret(encoder.forward(store, input, training).head());
      }
    }
    NDArray second = embeddings.get(new NDIndex(":, 1, :")).squeeze();
    NDArray pooled = pooling.forward(store, new NDList(second), training).head().tanh();
    return new NDList(embeddings, pooled);
  }

  private NDArray embedded(ParameterStore store, NDList inputs, boolean training) {
    NDArray tokenIds = inputs.get(0);
    NDArray tokens = tokenEmbedding.forward(store, new NDList(tokenIds), training).head();
    NDArray types = typeEmbedding.forward(store, new NDList(inputs.get(1)), training).head();
    NDArray positions = store.getValue(positionEmbedding, tokenIds.getDevice(), training);
    NDList sum = new NDList(tokens.add(types).add(positions));
    NDList normalized = embeddingNorm.forward(store, sum, training);
    return embeddingDropout.forward(store, normalized, training).head();
  }

  /** Returns (batch, 1, positions, positions): 0 where the mask is 1, else a large negative. */
  private static NDArray offsets(NDArray tokenIds, NDArray masks) {
    NDArray mask = BertBlock.createAttentionMaskFromInputMask(tokenIds, masks);
    return mask.expandDims(1).mul(-1f).add(1f).mul(MASKED);
  }
}
