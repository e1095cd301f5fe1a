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
   * @param input shape with the batch
   */
  DependencyGraph(Op op, Block network, Shape input) {
    int[] inputs = ledger.fresh(Math.toIntExact(input.get(1)));
    ledger.keep(inputs, "they are the network's input");
    Wire output = op.trace(new Wire(input, 1, inputs), new Tracer(ledger, network));
    ledger.keep(output.channels(), "they are the network's output");
    groups = grouped();
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
