package org.espalier.pruning.structured.reconstruction;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.StructuredNetwork;

/** What makes the channels of a group: rows of weights, and entries of biases and norms. */
final class Producers {

  /** A parameter, whose rows are along axis 0. */
  private record Rows(float[] values, int rank, int width) {}

  private final StructuredNetwork network;
  private final Map<String, Rows> read = new HashMap<>();

  Producers(StructuredNetwork network) {
    this.network = network;
  }

  /** Returns whether all weights that make a channel are 0; biases and norms do not count. */
  boolean allZero(ChannelGroup group, int channel) {
    boolean found = false;
    for (ChannelGroup.Member member : members(group)) {
      Rows rows = rows(member.parameter());
      if (rows.rank() > 1) {
        found = true;
        for (int row : group.indices(channel, member)) {
          for (int i = row * rows.width(); i < (row + 1) * rows.width(); i++) {
            if (rows.values()[i] != 0) {
              return false;
            }
          }
        }
      }
    }
    return found;
  }

  /** Returns the largest difference between what makes two channels. */
  float difference(ChannelGroup group, int one, int other) {
    float largest = members(group).isEmpty() ? Float.POSITIVE_INFINITY : 0;
    for (ChannelGroup.Member member : members(group)) {
      Rows rows = rows(member.parameter());
      int[] a = group.indices(one, member);
      int[] b = group.indices(other, member);
      for (int part = 0; part < a.length; part++) {
        for (int i = 0; i < rows.width(); i++) {
          float first = rows.values()[a[part] * rows.width() + i];
          float second = rows.values()[b[part] * rows.width() + i];
          largest = Math.max(largest, Math.abs(first - second));
        }
      }
    }
    return largest;
  }

  private static List<ChannelGroup.Member> members(ChannelGroup group) {
    return group.members().stream().filter(member -> member.axis() == 0).toList();
  }

  private Rows rows(String path) {
    return read.computeIfAbsent(
        path,
        key -> {
          NDArray array = network.block().getParameters().get(key).getArray();
          float[] values = HostValues.read(key, array);
          int[] shape = HostValues.shape(array);
          return new Rows(values, shape.length, values.length / shape[0]);
        });
  }
}
