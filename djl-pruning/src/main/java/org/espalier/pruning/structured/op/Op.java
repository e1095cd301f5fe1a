package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.UnaryOperator;

/**
 * One block of a network, described so well that it can be built anew in another size: plain data,
 * without parameters' values. An op says what its block is ({@link #block()}), where the channels
 * of its input go ({@link #trace}), and what is left of it when channels go ({@link #shrink}).
 *
 * <p>Ops form the same tree as blocks: the children of {@link #block()} are the blocks of the
 * children of this op, in order.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
@JsonSubTypes({
  @Type(value = SequenceOp.class, name = "sequence"),
  @Type(value = ParallelOp.class, name = "parallel"),
  @Type(value = LinearOp.class, name = "linear"),
  @Type(value = ConvolutionOp.class, name = "convolution"),
  @Type(value = BatchNormOp.class, name = "batch-norm"),
  @Type(value = LayerNormOp.class, name = "layer-norm"),
  @Type(value = RecurrentOp.class, name = "recurrent"),
  @Type(value = ActivationOp.class, name = "activation"),
  @Type(value = SoftmaxOp.class, name = "softmax"),
  @Type(value = PoolOp.class, name = "pool"),
  @Type(value = GlobalPoolOp.class, name = "global-pool"),
  @Type(value = FlattenOp.class, name = "flatten"),
  @Type(value = ExpandOp.class, name = "expand"),
  @Type(value = DropoutOp.class, name = "dropout"),
  @Type(value = IdentityOp.class, name = "identity"),
  @Type(value = IdEmbeddingOp.class, name = "id-embedding"),
  @Type(value = AttentionOp.class, name = "attention"),
  @Type(value = EncoderOp.class, name = "encoder"),
  @Type(value = BertOp.class, name = "bert"),
  @Type(value = LayerDropOp.class, name = "layer-drop"),
  @Type(value = SelectOp.class, name = "select"),
  @Type(value = PickOp.class, name = "pick"),
  @Type(value = MeanOp.class, name = "mean"),
})
public interface Op {

  /** Builds the block, not initialized. */
  Block block();

  /**
   * Follows channels from the input to the output; binds the slices of this block's parameters to
   * the channels that they belong to.
   *
   * @param input the tensor that enters
   * @param tracer of this op's block
   * @return the tensor that leaves
   */
  Wire trace(Wire input, Tracer tracer);

  /**
   * Returns this op with what is left of it.
   *
   * @param cut of this op's block
   */
  Op shrink(Cut cut);

  /** Returns this op with others in the place of its children; itself if it has none. */
  default Op mapChildren(UnaryOperator<Op> change) {
    return this;
  }
}
