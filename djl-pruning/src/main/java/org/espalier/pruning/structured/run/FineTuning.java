package org.espalier.pruning.structured.run;

import ai.djl.nn.Block;

/** What happens to a network after channels have gone. */
@FunctionalInterface
public interface FineTuning {

  /** Leaves the network as it is. */
  FineTuning NONE = (block, step) -> {};

  /**
   * Trains a network in place.
   *
   * @param block initialized; its form must stay
   * @param step from 1
   */
  void tune(Block block, int step);
}
