package org.espalier.pruning.structured;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.djl.network.Internals;
import org.espalier.pruning.structured.block.SlimBertBlock;
import org.espalier.pruning.structured.block.SlimEncoderBlock;
import org.espalier.pruning.structured.op.AttentionOp;
import org.espalier.pruning.structured.op.BatchNormOp;
import org.espalier.pruning.structured.op.BertOp;
import org.espalier.pruning.structured.op.DropoutOp;
import org.espalier.pruning.structured.op.EncoderOp;
import org.espalier.pruning.structured.op.IdEmbeddingOp;
import org.espalier.pruning.structured.op.LinearOp;
import org.espalier.pruning.structured.op.Op;

/** Describes DJL's transformer blocks, and ours in their place, by their children. */
final class TransformerReader {

  private final NetworkReader reader;

  /**
   * @param reader of the blocks inside
   */
  TransformerReader(NetworkReader reader) {
    this.reader = reader;
  }

  /** Returns whether a block is read here. */
  static boolean knows(Block block) {
    return isEncoder(block) || isBert(block);
  }

  private static boolean isEncoder(Block block) {
    return block instanceof TransformerEncoderBlock || block instanceof SlimEncoderBlock;
  }

  private static boolean isBert(Block block) {
    return block instanceof BertBlock || block instanceof SlimBertBlock;
  }

  /** Returns the shapes of a block's outputs. DJL's encoder counts its mask among them. */
  static Shape[] outputs(Block block, Shape[] inputs) {
    return isEncoder(block) ? new Shape[] {inputs[0]} : block.getOutputShapes(inputs);
  }

  /**
   * Describes a block that {@link #knows}.
   *
   * @param inputs shapes that it reads, with the batch
   * @param prefix of its children's paths
   */
  Op read(Block block, Shape[] inputs, String prefix) {
    return isEncoder(block) ? encoder(block, inputs, prefix) : bert(block, inputs, prefix);
  }

  private Op encoder(Block block, Shape[] inputs, String prefix) {
    BlockList children = block.getChildren();
    return new EncoderOp(
        AttentionOp.of(children.get(0).getValue()),
        BatchNormOp.of(children.get(1).getValue()),
        child(children, 2, new Shape[] {inputs[0]}, prefix),
        BatchNormOp.of(children.get(3).getValue()),
        DropoutOp.of(dropout(block, true)).rate(),
        DropoutOp.of(dropout(block, false)).rate(),
        inputs.length > 1);
  }

  private static Block dropout(Block encoder, boolean ofAttention) {
    if (encoder instanceof SlimEncoderBlock slim) {
      return ofAttention ? slim.attentionDropout() : slim.outputDropout();
    }
    String field = ofAttention ? "selfAttentionDropout" : "fullyConnectedDropout";
    return (Block) Internals.value(TransformerEncoderBlock.class, field, encoder);
  }

  /** BERT gives masks to its layers, but does not initialize them for any. */
  private Op bert(Block block, Shape[] inputs, String prefix) {
    BlockList children = block.getChildren();
    Shape positions = block.getDirectParameters().get("positionEmbedding").getArray().getShape();
    Shape embeddings = inputs[0].addAll(positions.slice(1));
    Shape mask = new Shape(inputs[0].get(0), 1, inputs[0].get(1), inputs[0].get(1));
    List<Op> encoders = new ArrayList<>();
    for (int i = 4; i < children.size() - 1; i++) {
      boolean function = children.get(i).getValue() instanceof LambdaBlock;
      Shape[] read = function ? new Shape[] {embeddings, mask} : new Shape[] {embeddings};
      encoders.add(child(children, i, read, prefix));
    }
    return new BertOp(
        IdEmbeddingOp.of(children.get(0).getValue()),
        IdEmbeddingOp.of(children.get(1).getValue()),
        Math.toIntExact(positions.get(0)),
        BatchNormOp.of(children.get(2).getValue()),
        DropoutOp.of(children.get(3).getValue()),
        encoders,
        LinearOp.of(children.get(children.size() - 1).getValue()));
  }

  private Op child(BlockList children, int index, Shape[] inputs, String prefix) {
    String path = prefix + children.get(index).getKey() + "_";
    return reader.read(children.get(index).getValue(), inputs, path);
  }
}
