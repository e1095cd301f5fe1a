package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.transformer.BertBlock;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.block.SlimBertBlock;

/**
 * BERT: embeddings of tokens, types and positions, encoder layers, and a pooled token. Heads and
 * hidden units of the encoders may go, and what is pooled if it is no output; the width stays.
 *
 * @param token embedding of the first input
 * @param type embedding of the second input
 * @param positions how many tokens are read at once
 * @param norm of the sum of embeddings
 * @param dropout of the normalized sum
 * @param encoders layers
 * @param pooling of one token
 */
public record BertOp(
    IdEmbeddingOp token,
    IdEmbeddingOp type,
    int positions,
    BatchNormOp norm,
    DropoutOp dropout,
    List<Op> encoders,
    LinearOp pooling)
    implements Op {

  /** Children before the first encoder. */
  private static final int FIRST = 4;

  /** DJL gives its layers these, whatever it is told. */
  private static final float LAYER_DROP_RATE = 0.1f;

  private static final ActivationOp GELU = ActivationOp.of(ActivationOp.Kind.GELU);

  /** Copies the list. */
  public BertOp {
    encoders = List.copyOf(encoders);
  }

  @Override
  public Block block() {
    if (plain()) {
      AttentionOp attention = ((EncoderOp) encoders.get(0)).attention();
      SequenceOp feedForward = (SequenceOp) ((EncoderOp) encoders.get(0)).feedForward();
      return BertBlock.builder()
          .setTokenDictionarySize(token.entries())
          .optTypeDictionarySize(type.entries())
          .optEmbeddingSize(token.width())
          .optTransformerBlockCount(encoders.size())
          .optAttentionHeadCount(attention.heads())
          .optHiddenSize(((LinearOp) feedForward.ops().get(0)).units())
          .optHiddenDropoutProbability(dropout.rate())
          .optMaxSequenceLength(positions)
          .build();
    }
    SlimBertBlock.Embedding embedding =
        new SlimBertBlock.Embedding(
            token.block(), type.block(), positions, token.width(), norm.block(), dropout.block());
    List<Block> layers = encoders.stream().map(Op::block).toList();
    return new SlimBertBlock(embedding, layers, pooling.block());
  }

  /** Returns whether DJL's block can do it: layers that are alike, as it builds them. */
  private boolean plain() {
    return norm.equals(EncoderOp.NORM)
        && pooling.equals(new LinearOp(token.width(), true))
        && encoders.stream().distinct().count() == 1
        && encoders.get(0) instanceof EncoderOp layer
        && layer.feedForward() instanceof SequenceOp layers
        && layers.ops().get(0) instanceof LinearOp hidden
        && layer.equals(
            EncoderOp.plain(
                token.width(), layer.attention().heads(), hidden.units(), LAYER_DROP_RATE, GELU));
  }

  @Override
  public Op mapChildren(UnaryOperator<Op> change) {
    return new BertOp(
        token, type, positions, norm, dropout, encoders.stream().map(change).toList(), pooling);
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    List<Wire> inputs = input.all();
    Wire embeddings = token.trace(inputs.get(0), tracer.child(0));
    tracer.keep(embeddings.channels(), "the width of BERT stays");
    tracer.unite(embeddings, type.trace(inputs.get(1), tracer.child(1)));
    tracer.bind("positionEmbedding", 1, embeddings.channels());
    Wire wire = norm.trace(embeddings, tracer.child(2));
    for (int i = 0; i < encoders.size(); i++) {
      Wire masked = wire.with(List.of(inputs.get(2)));
      wire = encoders.get(i).trace(masked, tracer.child(FIRST + i)).with(List.of());
    }
    Shape token = new Shape(wire.shape().get(0), wire.shape().get(2));
    Wire pooled =
        pooling.trace(new Wire(token, 1, wire.channels()), tracer.child(FIRST + encoders.size()));
    return wire.with(List.of(pooled));
  }

  @Override
  public Op shrink(Cut cut) {
    return new BertOp(
        token,
        type,
        positions,
        norm,
        dropout,
        IntStream.range(0, encoders.size())
            .mapToObj(i -> encoders.get(i).shrink(cut.child(FIRST + i)))
            .toList(),
        (LinearOp) pooling.shrink(cut.child(FIRST + encoders.size())));
  }
}
