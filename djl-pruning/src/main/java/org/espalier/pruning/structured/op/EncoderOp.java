package org.espalier.pruning.structured.op;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import java.util.List;
import org.espalier.pruning.structured.block.SlimEncoderBlock;

/**
 * A transformer's encoder layer. Heads and hidden units may go; the width stays, since the input is
 * added to what attention and the feed-forward block return.
 *
 * @param attention reads the input, and a mask if there is one
 * @param attentionNorm behind it
 * @param feedForward layers that work on each position
 * @param outputNorm behind them
 * @param attentionDropRate of what attention returns, in training
 * @param outputDropRate of what the feed-forward block returns, in training
 * @param masked whether it is initialized for a mask, too, which DJL's block cannot be
 */
public record EncoderOp(
    AttentionOp attention,
    BatchNormOp attentionNorm,
    Op feedForward,
    BatchNormOp outputNorm,
    float attentionDropRate,
    float outputDropRate,
    boolean masked)
    implements Op {

  /** What DJL's encoder and BERT normalize with. */
  static final BatchNormOp NORM = new BatchNormOp(2, 1e-5f, 0.9f, true, true, 0);

  /** What DJL's encoder is made of, with one dropout rate for all its dropouts. */
  static EncoderOp plain(int width, int heads, int hidden, float rate, ActivationOp activation) {
    return new EncoderOp(
        new AttentionOp(width, heads, width / heads, rate),
        NORM,
        new SequenceOp(List.of(new LinearOp(hidden, true), activation, new LinearOp(width, true))),
        NORM,
        rate,
        rate,
        false);
  }

  @Override
  public Block block() {
    if (feedForward instanceof SequenceOp layers
        && layers.ops().size() == 3
        && layers.ops().get(0) instanceof LinearOp hidden
        && layers.ops().get(1) instanceof ActivationOp activation
        && equals(
            plain(
                attention.width(),
                attention.heads(),
                hidden.units(),
                outputDropRate,
                activation))) {
      return new TransformerEncoderBlock(
          attention.width(),
          attention.heads(),
          hidden.units(),
          outputDropRate,
          list -> new NDList(activation.apply(list.singletonOrThrow())));
    }
    return new SlimEncoderBlock(
        new SlimEncoderBlock.Parts(
            attention.block(), attentionNorm.block(), feedForward.block(), outputNorm.block()),
        attentionDropRate,
        outputDropRate);
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    Wire embeddings = tracer.onAxis(input.with(List.of()), 2);
    tracer.keep(embeddings.channels(), "the width of an encoder stays");
    Wire attended = attention.trace(embeddings.with(input.others()), tracer.child(0));
    tracer.unite(embeddings, attended);
    Wire hidden = attentionNorm.trace(attended, tracer.child(1));
    Wire output = feedForward.trace(hidden, tracer.child(2));
    tracer.unite(embeddings, output);
    return outputNorm.trace(output, tracer.child(3));
  }

  @Override
  public Op shrink(Cut cut) {
    return new EncoderOp(
        (AttentionOp) attention.shrink(cut.child(0)),
        attentionNorm,
        feedForward.shrink(cut.child(2)),
        outputNorm,
        attentionDropRate,
        outputDropRate,
        masked);
  }
}
