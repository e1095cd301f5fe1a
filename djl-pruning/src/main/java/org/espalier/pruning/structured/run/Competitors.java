package org.espalier.pruning.structured.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.espalier.pruning.core.config.Globs;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.GroupForm;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;

/**
 * The groups that lose channels, through all steps. A network that has lost channels may list its
 * groups in another order; they are known by what they touch.
 */
final class Competitors {

  private final List<GroupForm> forms;
  private final List<ChannelGroup> begin;

  /**
   * Chooses the groups of a network.
   *
   * @param original whose names of groups count
   * @param used the original, or a network of the same form and size
   * @param exclude globs on names of groups that do not compete
   * @throws InvalidInputException if none is left, with the reasons why groups must stay
   */
  Competitors(StructuredNetwork original, StructuredNetwork used, List<String> exclude) {
    List<Predicate<String>> excluded =
        exclude.stream().map(glob -> Globs.matcher("exclude", glob)).toList();
    List<ChannelGroup> named = original.prunable();
    begin =
        IntStream.range(0, named.size())
            .filter(i -> excluded.stream().noneMatch(glob -> glob.test(named.get(i).name())))
            .mapToObj(used.prunable()::get)
            .toList();
    forms = begin.stream().map(GroupForm::of).toList();
    if (begin.isEmpty()) {
      throw new InvalidInputException(
          "the network",
          "a group whose channels may go",
          named.isEmpty() ? "none: " + reasons(original) : "none but excluded ones",
          "give hints, or exclude less");
    }
  }

  private static List<String> reasons(StructuredNetwork network) {
    return network.groups().stream().map(ChannelGroup::reason).distinct().toList();
  }

  /** Returns the groups before anything was removed. */
  List<ChannelGroup> begin() {
    return begin;
  }

  /** Returns how many channels each group had before anything was removed. */
  int[] sizes() {
    return begin.stream().mapToInt(ChannelGroup::size).toArray();
  }

  /** Returns what became of the groups, of which so many channels are left. */
  List<PrunedNetwork.Group> groups(int[] left) {
    return IntStream.range(0, left.length)
        .mapToObj(g -> new PrunedNetwork.Group(begin.get(g).name(), begin.get(g).size(), left[g]))
        .toList();
  }

  /** Returns the groups as a smaller network of the same form has them. */
  List<ChannelGroup> in(StructuredNetwork network) {
    Map<GroupForm, ChannelGroup> byForm = new HashMap<>();
    network.prunable().forEach(group -> byForm.put(GroupForm.of(group), group));
    return forms.stream().map(form -> Objects.requireNonNull(byForm.get(form))).toList();
  }
}
