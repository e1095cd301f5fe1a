package org.espalier.pruning.structured.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Scaled dot-product attention with any number of heads of any size, which need not make up the
 * width of the embedding: A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section
 * 3.2. Otherwise it is {@link ai.djl.nn.transformer.ScaledDotProductAttentionBlock}: it takes its
 * four forms of input, and its children have their names.
 *
 * <p>Shapes: batch B, sequences F (keys, values) and T (queries), width E, heads N of size H.
 *
 * <ul>
 *   <li>(B, F, E): keys, queries and values at once;
 *   <li>(B, F, E), mask;
 *   <li>keys (B, F, E), queries (B, T, E), values (B, F, E);
 *   <li>keys, queries, values, mask.
 * </ul>
 *
 * <p>A mask is (B, T, F) with 1 for positions to keep and 0 for others, or with four axes what is
 * added to the scores. The output is (B, T, E).
 */
public final class SlimAttentionBlock extends AbstractBlock {

  /** Added to the score of a masked position, as DJL does. */
  private static final float MASKED = -100000f;

  private final int width;
  private final int heads;
  private final int headSize;
  private final Linear keyProjection;
  private final Linear queryProjection;
  private final Linear valueProjection;
  private final Linear resultProjection;
  private final Dropout probabilityDropout;

  /**
   * @param width of the embeddings, E
   * @param heads N, at least 1
   * @param headSize H, at least 1
   * @param dropRate of attention probabilities that are dropped in training
   */
  @SuppressWarnings("this-escape")
  public SlimAttentionBlock(int width, int heads, int headSize, float dropRate) {
    this.width = width;
    this.heads = heads;
    this.headSize = headSize;
    keyProjection = addChildBlock("keyProjection", linear(heads * headSize));
    queryProjection = addChildBlock("queryProjection", linear(heads * headSize));
    valueProjection = addChildBlock("valueProjection", linear(heads * headSize));
    resultProjection = addChildBlock("resultProjection", linear(width));
    probabilityDropout =
        addChildBlock("probabilityDropout", Dropout.builder().optRate(dropRate).build());
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).optBias(true).build();
  }

  /** Returns the number of heads. */
  public int heads() {
    return heads;
  }

  /** Returns the size of each head. */
  public int headSize() {
    return headSize;
  }

  /** Returns the width of the embeddings. */
  public int width() {
    return width;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[inputShapes.length < 3 ? 0 : 1]};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    Shape embeddings = new Shape(-1, width);
    keyProjection.initialize(manager, dataType, embeddings);
    queryProjection.initialize(manager, dataType, embeddings);
    valueProjection.initialize(manager, dataType, embeddings);
    resultProjection.initialize(manager, dataType, new Shape(-1, (long) heads * headSize));
    probabilityDropout.initialize(manager, dataType, embeddings);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    boolean self = inputs.size() < 3;
    NDArray keys = heads(keyProjection, store, inputs.get(0), training);
    NDArray queries = heads(queryProjection, store, inputs.get(self ? 0 : 1), training);
    NDArray values = heads(valueProjection, store, inputs.get(self ? 0 : 2), training);
    NDArray scores = scaled(queries.matMul(keys.transpose(0, 1, 3, 2)));
    if (inputs.size() % 2 == 0) {
      scores = scores.add(offsets(inputs.get(inputs.size() - 1)));
    }
    NDList probabilities =
        probabilityDropout.forward(store, new NDList(scores.softmax(3)), training);
    NDArray results = probabilities.singletonOrThrow().matMul(values).transpose(0, 2, 1, 3);
    Shape shape = results.getShape();
    NDArray joined = results.reshape(shape.get(0), shape.get(1), (long) heads * headSize);
    return resultProjection.forward(store, new NDList(joined), training);
  }

  /** From (B, S, E) to (B, N, S, H). */
  private NDArray heads(
      Linear projection, ParameterStore store, NDArray embeddings, boolean training) {
    NDArray projected =
        projection.forward(store, new NDList(embeddings), training).singletonOrThrow();
    Shape shape = embeddings.getShape();
    return projected.reshape(shape.get(0), shape.get(1), heads, headSize).transpose(0, 2, 1, 3);
  }

  /** Divides by the root of H; the number is in the engine's memory, which a graph keeps alive. */
  private NDArray scaled(NDArray scores) {
    try (NDArray buffered = scores.getManager().create(1f / (float) Math.sqrt(headSize))) {
      return scores.mul(buffered.duplicate());
    }
  }

  private static NDArray offsets(NDArray mask) {
    Shape shape = mask.getShape();
    if (shape.dimension() == 4) {
      return mask;
    }
    NDArray numbers = mask.toType(DataType.FLOAT32, false);
    NDArray offsets = numbers.mul(-1f).add(1f).mul(MASKED);
    return offsets.reshape(shape.get(0), 1, shape.get(1), shape.get(2));
  }
}
