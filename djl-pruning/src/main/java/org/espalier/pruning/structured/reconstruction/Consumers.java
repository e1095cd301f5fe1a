package org.espalier.pruning.structured.reconstruction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.op.ConvolutionOp;
import org.espalier.pruning.structured.op.LinearOp;
import org.espalier.pruning.structured.op.Op;
import org.espalier.sparse.InvalidInputException;

/** Who reads the channels of a group. */
final class Consumers {

  private final StructuredNetwork network;
  private final Map<String, Op> layers;

  Consumers(StructuredNetwork network) {
    this.network = network;
    this.layers = Layers.of(network.op(), network.block());
  }

  /** Returns whether all that read a group, at least one, are linear layers and convolutions. */
  boolean known(ChannelGroup group) {
    List<ChannelGroup.Member> readers =
        group.members().stream().filter(member -> member.axis() > 0).toList();
    return !readers.isEmpty() && readers.stream().allMatch(member -> layer(member) != null);
  }

  /**
   * Returns all that read a group.
   *
   * @throws InvalidInputException if something else than a linear layer or a convolution does
   */
  List<Consumer> of(ChannelGroup group) {
    List<Consumer> consumers = new ArrayList<>();
    for (ChannelGroup.Member member : group.members()) {
      if (member.axis() > 0) {
        Op layer = layer(member);
        if (layer == null) {
          throw new InvalidInputException(
              "group " + group.name(),
              "channels that linear layers and convolutions read",
              "channels of which " + member.parameter() + " reads some",
              "choose another group, or remove its channels without reconstruction");
        }
        consumers.addAll(parts(group, member, layer));
      }
    }
    return consumers;
  }

  /** Returns the op of a weight of a linear layer or convolution, else null. */
  private Op layer(ChannelGroup.Member member) {
    if (member.axis() != 1 || !member.parameter().endsWith("weight")) {
      return null;
    }
    Op layer = layers.get(prefix(member));
    return layer instanceof LinearOp || layer instanceof ConvolutionOp ? layer : null;
  }

  private static String prefix(ChannelGroup.Member member) {
    return member.parameter().substring(0, member.parameter().length() - "weight".length());
  }

  private List<Consumer> parts(ChannelGroup group, ChannelGroup.Member member, Op layer) {
    ConvolutionOp convolution = layer instanceof ConvolutionOp c ? c : null;
    int groups = convolution == null ? 1 : convolution.groups();
    int[] shape =
        HostValues.shape(network.block().getParameters().get(member.parameter()).getArray());
    int[][] channels = new int[group.size()][];
    for (int channel = 0; channel < channels.length; channel++) {
      channels[channel] = group.indices(channel, member);
    }
    List<Consumer> parts = new ArrayList<>();
    for (int part = 0; part < groups; part++) {
      int rows = shape[0] / groups;
      parts.add(
          new Consumer(
              prefix(member), convolution, part * rows, rows, part * shape[1], shape[1], channels));
    }
    return parts;
  }
}
