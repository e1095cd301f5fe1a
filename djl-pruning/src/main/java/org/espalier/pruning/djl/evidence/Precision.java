package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.recurrent.RecurrentBlock;
import org.espalier.pruning.djl.network.BlockTree;

/** Which floating-point type a copy of a network can run in. */
final class Precision {

  private Precision() {}

  /**
   * Returns double precision, or single precision for networks with recurrent blocks: DJL (0.35.1)
   * creates their initial states in single precision, whatever the inputs are.
   */
  static DataType highest(Block network) {
    return BlockTree.blocks(network).stream().anyMatch(RecurrentBlock.class::isInstance)
        ? DataType.FLOAT32
        : DataType.FLOAT64;
  }
}
