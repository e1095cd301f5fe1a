package org.espalier.pruning.structured;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.structured.op.ChannelLedger;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.Slice;
import org.espalier.pruning.structured.op.Tracer;
import org.espalier.pruning.structured.op.Wire;

/**
 * Which slices of a network's parameters belong together: the network is traced once with an id for
 * each channel of its input. Groups by coupled parameters follow G. Fang, X. Ma, M. Song, M. B. Mi
 * and X. Wang, "DepGraph: Towards Any Structural Pruning", CVPR 2023, section 3; here the unit is a
 * channel, so that channels which are concatenated, flattened or shuffled need no special case.
 */
final class DependencyGraph {

  private final ChannelLedger ledger = new ChannelLedger();
  private final List<ChannelGroup> groups;

  /**
   * @param op describes the network
   * @param network initialized
   * @param inputs shapes with the batch, at least one
   */
  DependencyGraph(Op op, Block network, List<Shape> inputs) {
    List<Wire> wires = inputs.stream().map(this::input).toList();
    Wire input = wires.get(0).with(wires.subList(1, wires.size()));
    Wire output = op.trace(input, new Tracer(ledger, network));
    output.all().forEach(wire -> ledger.keep(wire.channels(), "they are the network's output"));
    groups = grouped();
  }

  private Wire input(Shape shape) {
    int[] channels = ledger.fresh(Math.toIntExact(shape.get(1)));
    ledger.keep(channels, "they are the network's input");
    return new Wire(shape, 1, channels);
  }

  /** Returns all groups, those that must stay too, in the order of the network. */
  List<ChannelGroup> groups() {
    return groups;
  }

  /** Returns how often entries of parameters are multiplied for one example. */
  Map<String, Long> uses() {
    return ledger.uses();
  }

  /** Channels with the same members and the same reason to stay are one group. */
  private List<ChannelGroup> grouped() {
    Map<Integer, String> reasons = ledger.reasons();
    Map<Map<ChannelGroup.Member, Integer>, Map<String, List<List<Slice>>>> sorted =
        new LinkedHashMap<>();
    ledger
        .sets()
        .forEach(
            (set, slices) ->
                sorted
                    .computeIfAbsent(members(slices), key -> new LinkedHashMap<>())
                    .computeIfAbsent(reasons.getOrDefault(set, ""), key -> new ArrayList<>())
                    .add(slices));
    List<ChannelGroup> all = new ArrayList<>();
    sorted.forEach(
        (members, byReason) ->
            byReason.forEach(
                (reason, channels) -> all.add(new ChannelGroup(name(members), channels, reason))));
    return List.copyOf(all);
  }

  private static Map<ChannelGroup.Member, Integer> members(List<Slice> slices) {
    Map<ChannelGroup.Member, Integer> counts = new LinkedHashMap<>();
    slices.forEach(
        slice ->
            counts.merge(
                new ChannelGroup.Member(slice.parameter(), slice.axis()), 1, Integer::sum));
    return counts;
  }

  private static String name(Map<ChannelGroup.Member, Integer> members) {
    return members.keySet().stream()
        .filter(member -> member.axis() == 0)
        .findFirst()
        .orElse(members.keySet().iterator().next())
        .parameter();
  }
}
