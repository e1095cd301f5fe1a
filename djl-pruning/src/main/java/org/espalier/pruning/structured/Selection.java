package org.espalier.pruning.structured;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.structured.op.Slice;
import org.espalier.sparse.InvalidInputException;

/**
 * Channels that are to go. Nothing has gone yet; a selection that cannot hold is refused when it is
 * made.
 */
public final class Selection {

  private final Map<ChannelGroup, BitSet> chosen = new LinkedHashMap<>();

  /** No channel goes. */
  public static Selection empty() {
    return new Selection();
  }

  /**
   * Returns a selection with more channels.
   *
   * @param group of them
   * @param channels by their index in the group
   * @throws InvalidInputException if the group must stay, has no such channel, or would be emptied
   */
  public Selection with(ChannelGroup group, int... channels) {
    if (!group.prunable()) {
      throw refused(group, "channels that may go", "ones that stay: " + group.reason());
    }
    Selection more = new Selection();
    chosen.forEach((key, set) -> more.chosen.put(key, (BitSet) set.clone()));
    BitSet set = more.chosen.computeIfAbsent(group, key -> new BitSet());
    for (int channel : channels) {
      if (channel < 0 || channel >= group.size()) {
        throw refused(group, "channels 0 to " + (group.size() - 1), "" + channel);
      }
      set.set(channel);
    }
    if (set.cardinality() == group.size()) {
      throw refused(group, "a selection that leaves a channel", "all " + group.size());
    }
    return more;
  }

  /** Returns how many channels go of a group. */
  public int count(ChannelGroup group) {
    return chosen.getOrDefault(group, new BitSet()).cardinality();
  }

  /** Returns whether a channel goes. */
  public boolean contains(ChannelGroup group, int channel) {
    return chosen.getOrDefault(group, new BitSet()).get(channel);
  }

  /** Returns how many channels go of all groups. */
  public int count() {
    return chosen.values().stream().mapToInt(BitSet::cardinality).sum();
  }

  /** Returns all slices that go. */
  public List<Slice> slices() {
    List<Slice> slices = new ArrayList<>();
    chosen.forEach(
        (group, set) -> set.stream().forEach(at -> slices.addAll(group.channels().get(at))));
    return slices;
  }

  private static InvalidInputException refused(ChannelGroup group, String wanted, String found) {
    return new InvalidInputException(
        "group " + group.name(), wanted, found, "choose fewer or other channels");
  }
}
