package org.espalier.pruning.core.reconstruction;

import java.util.BitSet;

/** How the weights of a consumer make up for channels that go. */
public interface Refit {

  /**
   * Returns new weights, laid out as the consumer's; those of features that go are 0.
   *
   * @param consumer not changed
   * @param removed channels
   */
  double[][] weights(LinearConsumer consumer, BitSet removed);
}
