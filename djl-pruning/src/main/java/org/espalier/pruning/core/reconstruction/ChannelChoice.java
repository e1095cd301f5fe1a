package org.espalier.pruning.core.reconstruction;

import java.util.BitSet;
import java.util.List;

/** Which channels go, by what their consumers lose. */
public interface ChannelChoice {

  /**
   * Returns the channels that go.
   *
   * @param consumers all that read the channels; at least one
   * @param candidates channels that may go
   * @param count how many, at most as many as candidates
   */
  BitSet choose(List<LinearConsumer> consumers, BitSet candidates, int count);
}
