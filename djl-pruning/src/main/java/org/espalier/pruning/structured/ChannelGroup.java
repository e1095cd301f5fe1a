package org.espalier.pruning.structured;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.op.Slice;

/**
 * Channels that all touch the same parameters along the same axes, so that one may go instead of
 * another. Each channel is a set of slices that go together: filters of one layer or, behind an
 * addition, of several; their entries in norms; and what reads them.
 *
 * @param name the first parameter, in the network's order, whose rows they are
 * @param channels slices of each channel
 * @param reason why none of them may go; empty if they may
 */
public record ChannelGroup(String name, List<List<Slice>> channels, String reason) {

  /** One parameter along one axis, as a group touches it. */
  public record Member(String parameter, int axis) {}

  /** Copies the lists. */
  public ChannelGroup {
    channels = channels.stream().map(List::copyOf).toList();
  }

  /** Returns how many channels there are. */
  public int size() {
    return channels.size();
  }

  /** Returns whether channels may go. */
  public boolean prunable() {
    return reason.isEmpty();
  }

  /** Returns what the channels touch, in the order of the network. */
  public List<Member> members() {
    return channels.get(0).stream()
        .map(slice -> new Member(slice.parameter(), slice.axis()))
        .distinct()
        .toList();
  }

  /** Returns which indices of a member belong to a channel. */
  public int[] indices(int channel, Member member) {
    return channels.get(channel).stream()
        .filter(slice -> slice.parameter().equals(member.parameter()))
        .filter(slice -> slice.axis() == member.axis())
        .mapToInt(Slice::index)
        .toArray();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof ChannelGroup group
            && name.equals(group.name)
            && reason.equals(group.reason)
            && channels.equals(group.channels);
  }

  /** By the name alone: groups are large, and are keys of maps. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** Returns the group as a table: a line for each member, with the indices of all channels. */
  public String table() {
    List<String> lines = new ArrayList<>();
    lines.add(size() + " channels of " + name + (prunable() ? "" : ", which stay: " + reason));
    for (Member member : members()) {
      String indices =
          IntStream.range(0, size())
              .mapToObj(channel -> Ranges.text(indices(channel, member)))
              .limit(4)
              .collect(Collectors.joining(", "));
      lines.add(
          String.format(
              "  %-48s axis %d  %s%s",
              member.parameter(), member.axis(), indices, size() > 4 ? ", ..." : ""));
    }
    return String.join(System.lineSeparator(), lines);
  }
}
