package org.espalier.pruning.structured;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.espalier.pruning.report.GroupGraph;
import org.espalier.pruning.report.GroupGraph.Group;
import org.espalier.pruning.report.GroupGraph.LayerNode;
import org.espalier.pruning.structured.ChannelGroup.Member;

/** The groups of a network, to be drawn. Only layers with weights are shown. */
public final class GroupGraphs {

  private GroupGraphs() {}

  /**
   * Returns what a report draws.
   *
   * @param network that was analysed
   * @param selection channels that go
   */
  public static GroupGraph of(StructuredNetwork network, Selection selection) {
    return of(network, group -> group.size() - selection.count(group));
  }

  /**
   * Returns what a report draws of a network that has lost channels, in however many steps.
   *
   * @param before that was analysed
   * @param after what became of it: the same layers with fewer channels
   */
  public static GroupGraph of(StructuredNetwork before, StructuredNetwork after) {
    Map<GroupForm, Integer> sizes = new HashMap<>();
    after.prunable().forEach(group -> sizes.put(GroupForm.of(group), group.size()));
    return of(
        before,
        group ->
            group.prunable()
                ? Objects.requireNonNull(sizes.get(GroupForm.of(group)))
                : group.size());
  }

  private static GroupGraph of(StructuredNetwork network, ToIntFunction<ChannelGroup> sizeAfter) {
    Map<String, Integer> places = new LinkedHashMap<>();
    network.parameters().stream()
        .map(parameter -> new Member(parameter, 0))
        .filter(GroupGraphs::shown)
        .forEach(member -> places.putIfAbsent(layer(member), places.size()));
    int[] channels = new int[places.size()];
    int[] kept = new int[places.size()];
    List<Group> groups = new ArrayList<>();
    for (ChannelGroup group : network.groups()) {
      int left = sizeAfter.applyAsInt(group);
      List<Integer> writers = places(group, 0, places);
      for (Member member : group.members()) {
        if (shown(member) && member.axis() == 0) {
          int each = group.indices(0, member).length;
          channels[places.get(layer(member))] += each * group.size();
          kept[places.get(layer(member))] += each * left;
        }
      }
      groups.add(new Group(group.size(), left, writers, places(group, 1, places), group.reason()));
    }
    List<LayerNode> layers = new ArrayList<>();
    places.forEach((name, at) -> layers.add(new LayerNode(name, channels[at], kept[at])));
    return new GroupGraph(layers, groups);
  }

  private static List<Integer> places(ChannelGroup group, int axis, Map<String, Integer> places) {
    return group.members().stream()
        .filter(member -> shown(member) && member.axis() == axis)
        .map(member -> places.get(layer(member)))
        .distinct()
        .toList();
  }

  private static boolean shown(Member member) {
    return member.parameter().toLowerCase(Locale.ROOT).endsWith("weight");
  }

  /** Containers are left as their numbers: {@code 02.01.04Conv2d}. */
  private static String layer(Member member) {
    return member
        .parameter()
        .replaceFirst("_?[^_]*$", "")
        .replaceAll("(\\d{2,})(SequentialBlock|ParallelBlock)_", "$1.");
  }
}
