package org.espalier.pruning.structured.reconstruction;

import ai.djl.nn.Block;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.op.ConvolutionOp;
import org.espalier.pruning.structured.op.LinearOp;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.ParallelOp;
import org.espalier.pruning.structured.op.SequenceOp;

/** The ops of a network by the place of their blocks, as DJL joins names of parameters. */
final class Layers {

  private Layers() {}

  /** Returns all ops without children by the prefix of their parameters' paths. */
  static Map<String, Op> of(Op op, Block block) {
    Map<String, Op> leaves = new LinkedHashMap<>();
    collect(op, block, "", leaves);
    return leaves;
  }

  private static void collect(Op op, Block block, String prefix, Map<String, Op> leaves) {
    List<Op> children = children(op);
    if (children.isEmpty()) {
      leaves.put(prefix, op);
    }
    for (int i = 0; i < children.size(); i++) {
      String key = block.getChildren().get(i).getKey();
      Block child = block.getChildren().get(i).getValue();
      collect(children.get(i), child, prefix + key + "_", leaves);
    }
  }

  private static List<Op> children(Op op) {
    if (op instanceof SequenceOp sequence) {
      return sequence.ops();
    }
    return op instanceof ParallelOp parallel ? parallel.branches() : List.of();
  }

  /** Returns a network's description with biases in some of its linear layers and convolutions. */
  static Op biased(Op op, Block block, Set<String> prefixes) {
    return biased(op, block, "", prefixes);
  }

  private static Op biased(Op op, Block block, String prefix, Set<String> prefixes) {
    List<Op> children =
        IntStream.range(0, children(op).size())
            .mapToObj(
                i ->
                    biased(
                        children(op).get(i),
                        block.getChildren().get(i).getValue(),
                        prefix + block.getChildren().get(i).getKey() + "_",
                        prefixes))
            .toList();
    if (op instanceof SequenceOp) {
      return new SequenceOp(children);
    } else if (op instanceof ParallelOp parallel) {
      return new ParallelOp(children, parallel.join());
    } else if (!prefixes.contains(prefix)) {
      return op;
    } else if (op instanceof LinearOp linear) {
      return new LinearOp(linear.units(), true);
    }
    ConvolutionOp c = (ConvolutionOp) op;
    return new ConvolutionOp(
        c.filters(), c.kernel(), c.stride(), c.padding(), c.dilation(), c.groups(), true);
  }
}
