package org.espalier.pruning.structured.gate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.op.Slice;
import org.espalier.sparse.InvalidInputException;

/**
 * Where a gate of each channel of a group would stand: at the columns of the linear layers that
 * read it. A gate of 1 changes nothing, one of 0 removes the channel.
 *
 * @param readers channel of each column, by the path of a weight; -1 for columns of other groups
 */
record Gates(Map<String, int[]> readers) {

  /**
   * Finds the readers of a group.
   *
   * @param shapes of the network's parameters, by path
   * @throws InvalidInputException if nothing reads it, or other layers than linear ones do
   */
  static Gates of(ChannelGroup group, Map<String, int[]> shapes) {
    Map<String, int[]> readers = new LinkedHashMap<>();
    for (int channel = 0; channel < group.size(); channel++) {
      for (Slice slice : group.channels().get(channel)) {
        if (slice.axis() == 1) {
          int[] shape = shapes.get(slice.parameter());
          require(group, slice.parameter().endsWith("_weight") && shape.length == 2, slice);
          readers.computeIfAbsent(slice.parameter(), path -> others(shape[1]))[slice.index()] =
              channel;
        }
      }
    }
    require(group, !readers.isEmpty(), group.channels().get(0).get(0));
    return new Gates(readers);
  }

  private static int[] others(int columns) {
    int[] channels = new int[columns];
    Arrays.fill(channels, -1);
    return channels;
  }

  private static void require(ChannelGroup group, boolean holds, Slice found) {
    if (!holds) {
      throw new InvalidInputException(
          "group " + group.name(),
          "channels that linear layers read: heads of attention, hidden units",
          found.parameter() + " along axis " + found.axis(),
          "choose another criterion, or exclude the group");
    }
  }

  /** Returns the paths of weights and biases whose rows write a group: no norms. */
  static List<String> writers(ChannelGroup group) {
    return group.members().stream()
        .filter(member -> member.axis() == 0)
        .map(ChannelGroup.Member::parameter)
        .filter(path -> path.endsWith("_weight") || path.endsWith("_bias"))
        .toList();
  }

  /** Returns whether one linear layer writes a group: of heads, three do. */
  static boolean hasOneLinearWriter(ChannelGroup group, Map<String, int[]> shapes) {
    List<String> weights =
        writers(group).stream().filter(path -> shapes.get(path).length > 1).toList();
    return weights.size() == 1 && shapes.get(weights.get(0)).length == 2;
  }

  /**
   * Refuses a group that has rows in other weights than matrices.
   *
   * @throws InvalidInputException if one has
   */
  static void requireLinearWriters(ChannelGroup group, Map<String, int[]> shapes) {
    for (ChannelGroup.Member member : group.members()) {
      boolean holds = member.axis() != 0 || shapes.get(member.parameter()).length <= 2;
      if (!holds) {
        throw new InvalidInputException(
            "group " + group.name(),
            "hidden units, which a linear layer writes",
            member.parameter(),
            "choose another criterion, or exclude the group");
      }
    }
  }

  /** Divides scores by their l2 norm, so that layers compare; zeros stay. */
  static double[] normalized(double[] scores) {
    double squares = 0;
    for (double score : scores) {
      squares += score * score;
    }
    double norm = squares > 0 ? Math.sqrt(squares) : 1;
    return Arrays.stream(scores).map(score -> score / norm).toArray();
  }

  /** Returns an empty score for each group. */
  static Map<ChannelGroup, double[]> zeros(List<ChannelGroup> groups) {
    Map<ChannelGroup, double[]> zeros = new LinkedHashMap<>();
    groups.forEach(group -> zeros.put(group, new double[group.size()]));
    return zeros;
  }
}
