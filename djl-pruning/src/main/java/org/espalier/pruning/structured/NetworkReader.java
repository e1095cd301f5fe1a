package org.espalier.pruning.structured;

import static java.util.Map.entry;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.espalier.pruning.structured.block.LayerDropBlock;
import org.espalier.pruning.structured.block.SlimAttentionBlock;
import org.espalier.pruning.structured.op.AttentionOp;
import org.espalier.pruning.structured.op.BatchNormOp;
import org.espalier.pruning.structured.op.ConvolutionOp;
import org.espalier.pruning.structured.op.DropoutOp;
import org.espalier.pruning.structured.op.IdEmbeddingOp;
import org.espalier.pruning.structured.op.Join;
import org.espalier.pruning.structured.op.LayerDropOp;
import org.espalier.pruning.structured.op.LayerNormOp;
import org.espalier.pruning.structured.op.LinearOp;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.ParallelOp;
import org.espalier.pruning.structured.op.RecurrentOp;
import org.espalier.pruning.structured.op.SequenceOp;
import org.espalier.pruning.structured.probe.JoinProbe;
import org.espalier.pruning.structured.probe.LambdaProbe;
import org.espalier.sparse.InvalidInputException;

/**
 * Describes a DJL network as an {@link Op}. Blocks of a known class are read; functions are probed;
 * what is neither is asked of the user's hints, and else refused.
 */
final class NetworkReader {

  /** A new kind of block is one line here, and one in {@link Op}. */
  private static final Map<Class<? extends Block>, Function<Block, Op>> KNOWN =
      Map.ofEntries(
          entry(Linear.class, LinearOp::of),
          entry(Conv1d.class, ConvolutionOp::of),
          entry(Conv2d.class, ConvolutionOp::of),
          entry(Conv3d.class, ConvolutionOp::of),
          entry(BatchNorm.class, BatchNormOp::of),
          entry(GhostBatchNorm.class, BatchNormOp::of),
          entry(LayerNorm.class, LayerNormOp::of),
          entry(Dropout.class, DropoutOp::of),
          entry(RNN.class, RecurrentOp::of),
          entry(LSTM.class, RecurrentOp::of),
          entry(GRU.class, RecurrentOp::of),
          entry(IdEmbedding.class, IdEmbeddingOp::of),
          entry(ScaledDotProductAttentionBlock.class, AttentionOp::of),
          entry(SlimAttentionBlock.class, AttentionOp::of));

  private final Hints hints;

  NetworkReader(Hints hints) {
    this.hints = hints;
  }

  /**
   * Describes a block.
   *
   * @param block initialized
   * @param inputs shapes that it reads, with the batch
   * @param prefix of its children's paths: empty, or ending with "_"
   */
  Op read(Block block, Shape[] inputs, String prefix) {
    String path = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    Function<Block, Op> known = KNOWN.get(block.getClass());
    if (hints.op(path).isPresent()) {
      return hints.op(path).get();
    } else if (known != null) {
      return known.apply(block);
    } else if (block instanceof LayerDropBlock dropping) {
      return new LayerDropOp(read(dropping.layer(), inputs, prefix), dropping.rate());
    } else if (TransformerReader.knows(block)) {
      return new TransformerReader(this).read(block, inputs, prefix);
    } else if (block instanceof SequentialBlock) {
      return sequence(block, inputs, prefix);
    } else if (block instanceof ParallelBlock) {
      return parallel(block, inputs, prefix);
    } else if (block instanceof LambdaBlock) {
      return LambdaProbe.identify(block, List.of(inputs))
          .orElseThrow(() -> unknown(path, "a function that computes none of the known ops"));
    }
    throw unknown(path, "a " + block.getClass().getName());
  }

  private Op sequence(Block block, Shape[] inputs, String prefix) {
    List<Op> ops = new ArrayList<>();
    Shape[] shapes = inputs;
    for (Pair<String, Block> child : block.getChildren()) {
      ops.add(read(child.getValue(), shapes, prefix + child.getKey() + "_"));
      shapes = TransformerReader.outputs(child.getValue(), shapes);
    }
    return new SequenceOp(ops);
  }

  private Op parallel(Block block, Shape[] inputs, String prefix) {
    String path = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    List<Op> branches = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    for (Pair<String, Block> child : block.getChildren()) {
      branches.add(read(child.getValue(), inputs, prefix + child.getKey() + "_"));
      shapes.add(output(child.getValue(), inputs, prefix + child.getKey()));
    }
    Join join =
        hints
            .join(path)
            .or(() -> JoinProbe.identify(block, shapes))
            .orElseThrow(
                () ->
                    unknown(
                        path, "a parallel block that neither adds, multiplies nor concatenates"));
    return new ParallelOp(branches, join);
  }

  private static Shape output(Block block, Shape[] inputs, String path) {
    Shape[] outputs = TransformerReader.outputs(block, inputs);
    if (outputs.length != 1) {
      throw unknown(path, "a block with " + outputs.length + " outputs");
    }
    return outputs[0];
  }

  private static InvalidInputException unknown(String path, String found) {
    String place = path.isEmpty() ? "the network" : path;
    return new InvalidInputException(
        place,
        "a block of DJL's that structured pruning understands",
        found,
        "say what it computes: Hints.none().with(\"" + path + "\", op)");
  }
}
