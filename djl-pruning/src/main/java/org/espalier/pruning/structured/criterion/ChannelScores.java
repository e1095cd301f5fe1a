package org.espalier.pruning.structured.criterion;

import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.SparsityPattern;

/** Scores the channels of groups. The network is only read. */
public final class ChannelScores {

  /** Makes one score of a row of weights. */
  private static final SparsityPattern ROW = SparsityPattern.parse("channel");

  private final ChannelCriterion criterion;
  private final ChannelEvidence evidence;
  private final Map<String, Parameter> parameters;
  private final Map<String, Long> waiting = new HashMap<>();
  private final Map<String, Scores> scored = new HashMap<>();
  private Map<String, Map<Statistic, float[]>> measured = Map.of();

  private ChannelScores(
      StructuredNetwork network, ChannelCriterion criterion, ChannelEvidence evidence) {
    this.criterion = criterion;
    this.evidence = evidence;
    this.parameters = new NetworkParameters(network.block()).byPath();
  }

  /**
   * Scores groups.
   *
   * @param groups of the network
   * @throws InvalidInputException if nothing of a group is in reach, a weight is not finite, or the
   *     criterion needs what the evidence or the layer does not have
   */
  public static List<GroupScores> of(
      StructuredNetwork network,
      List<ChannelGroup> groups,
      ChannelCriterion criterion,
      ChannelEvidence evidence) {
    ChannelScores work = new ChannelScores(network, criterion, evidence);
    for (ChannelGroup group : groups) {
      work.paths(group).forEach(path -> work.waiting.merge(path, 1L, Long::sum));
    }
    work.measured = evidence.measure(network, criterion.criterion(), work.waiting.keySet());
    return groups.stream().map(work::score).toList();
  }

  private GroupScores score(ChannelGroup group) {
    List<ChannelGroup.Member> members = members(group);
    double[] scores = new double[group.size()];
    int entries = 0;
    for (int channel = 0; channel < scores.length; channel++) {
      double[] own = entries(group, channel, members);
      entries = own.length;
      Scores row = Scores.of(own);
      scores[channel] = ROW.unitScores(row, new int[] {1, entries}, criterion.aggregate()).at(0);
    }
    // The scores of large layers are not kept until the end.
    for (String path : paths(group)) {
      if (waiting.merge(path, -1L, Long::sum) == 0) {
        scored.remove(path);
      }
    }
    return new GroupScores(group, scores, criterion.aggregate().divisor(entries));
  }

  private double[] entries(ChannelGroup group, int channel, List<ChannelGroup.Member> members) {
    Entries entries = new Entries();
    for (ChannelGroup.Member member : members) {
      Scores scores = scored.computeIfAbsent(member.parameter(), this::scores);
      int[] shape = HostValues.shape(parameters.get(member.parameter()).getArray());
      int[] indices = group.indices(channel, member);
      if (criterion.criterion().perFeature()) {
        entries.addRows(scores, shape, indices);
      } else {
        entries.add(scores, shape, member.axis(), indices);
      }
    }
    return entries.toArray();
  }

  private Set<String> paths(ChannelGroup group) {
    return members(group).stream().map(ChannelGroup.Member::parameter).collect(Collectors.toSet());
  }

  private List<ChannelGroup.Member> members(ChannelGroup group) {
    List<ChannelGroup.Member> members = new ArrayList<>(group.members());
    members.removeIf(
        member -> !criterion.reach().covers(parameters.get(member.parameter()), member.axis()));
    if (members.isEmpty()) {
      throw new InvalidInputException(
          "group " + group.name(),
          criterion.reach().text() + " to score its channels by",
          "none",
          "choose another reach, or exclude the group");
    }
    return members;
  }

  private Scores scores(String path) {
    Parameter parameter = parameters.get(path);
    int[] shape = HostValues.shape(parameter.getArray());
    float[] values = HostValues.read(path, parameter.getArray());
    WeightTensor tensor = WeightTensor.of(path, shape, values).withSeed(evidence.seed());
    for (Map.Entry<Statistic, float[]> found : measured.getOrDefault(path, Map.of()).entrySet()) {
      tensor = tensor.with(found.getKey(), found.getValue());
    }
    if (criterion.criterion() instanceof TrackingCriterion tracking) {
      tensor = tensor.withTrack(tracking.type(), evidence.track(tracking, path, values.length));
    }
    tensor.requireFinite();
    return criterion.criterion().score(tensor);
  }
}
