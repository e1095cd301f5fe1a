package org.espalier.pruning.structured;

import java.util.HashMap;
import java.util.Map;
import org.espalier.pruning.structured.op.Slice;

/**
 * What each channel of a group touches, and how often: how a group is known again in a network that
 * has lost channels, which may list its groups in another order.
 *
 * @param slices of a channel, counted by parameter and axis
 */
public record GroupForm(Map<ChannelGroup.Member, Integer> slices) {

  /** Copies the map. */
  public GroupForm {
    slices = Map.copyOf(slices);
  }

  /** Returns the form of a group; all its channels have the same. */
  public static GroupForm of(ChannelGroup group) {
    Map<ChannelGroup.Member, Integer> slices = new HashMap<>();
    for (Slice slice : group.channels().get(0)) {
      slices.merge(new ChannelGroup.Member(slice.parameter(), slice.axis()), 1, Integer::sum);
    }
    return new GroupForm(slices);
  }
}
