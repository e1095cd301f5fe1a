package org.espalier.pruning.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.espalier.pruning.core.config.Globs;
import org.espalier.sparse.InvalidInputException;

/**
 * A recipe together with the parameters of one network: which group prunes which parameters. Made
 * when the network is first seen, so that whatever does not fit is refused before training.
 *
 * @param recipe what to do
 * @param members the parameters of each group, in name order; as many lists as the recipe has
 *     groups
 */
public record Binding(Recipe recipe, List<List<TensorInfo>> members) {

  /** Copies the lists. */
  public Binding {
    members = members.stream().map(List::copyOf).toList();
  }

  /**
   * Matches a recipe with the parameters of a network.
   *
   * @throws InvalidInputException if a glob matches nothing, a parameter falls into two groups, a
   *     pattern does not divide a parameter, an allocation cannot reach the target, or nothing is
   *     left to prune
   */
  public static Binding of(Recipe recipe, List<TensorInfo> parameters) {
    List<TensorInfo> sorted =
        parameters.stream().sorted(Comparator.comparing(TensorInfo::name)).toList();
    Map<String, String> owner = new HashMap<>();
    List<List<TensorInfo>> members = new ArrayList<>();
    for (PruningGroup group : recipe.groups()) {
      List<TensorInfo> tensors = select(group, sorted);
      for (TensorInfo tensor : tensors) {
        group.requireFits(tensor);
        String other = owner.put(tensor.name(), group.name());
        if (other != null) {
          throw new InvalidInputException(
              tensor.name(),
              "one group to prune it",
              "'" + other + "' and '" + group.name() + "'",
              "exclude it from one of them");
        }
      }
      group.allocation().requireFits(group.schedule().utmost(), tensors);
      members.add(tensors);
    }
    return new Binding(recipe, members);
  }

  /** Returns all parameters that any group prunes, in name order. */
  public List<TensorInfo> tensors() {
    return members.stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(TensorInfo::name))
        .toList();
  }

  private static List<TensorInfo> select(PruningGroup group, List<TensorInfo> parameters) {
    Set<TensorInfo> chosen = new LinkedHashSet<>();
    if (group.include().isEmpty()) {
      parameters.stream().filter(TensorInfo::prunable).forEach(chosen::add);
    }
    for (String glob : group.include()) {
      chosen.addAll(matching(group, "include", glob, parameters));
    }
    for (String glob : group.exclude()) {
      matching(group, "exclude", glob, parameters).forEach(chosen::remove);
    }
    if (chosen.isEmpty()) {
      throw new InvalidInputException(
          "group '" + group.name() + "'",
          "at least one parameter to prune",
          "none among " + names(parameters),
          "include one by name or glob; frozen parameters, biases and norms are left out unless"
              + " included");
    }
    return chosen.stream().sorted(Comparator.comparing(TensorInfo::name)).toList();
  }

  private static List<TensorInfo> matching(
      PruningGroup group, String key, String glob, List<TensorInfo> parameters) {
    String place = "group '" + group.name() + "', " + key;
    Predicate<String> matches = Globs.matcher(place, glob);
    List<TensorInfo> found =
        parameters.stream().filter(tensor -> matches.test(tensor.name())).toList();
    if (found.isEmpty()) {
      throw new InvalidInputException(
          place,
          "a glob that matches one of " + names(parameters),
          "'" + glob + "'",
          "correct or remove it");
    }
    return found;
  }

  private static String names(List<TensorInfo> parameters) {
    return parameters.stream().map(TensorInfo::name).collect(Collectors.joining(", ", "[", "]"));
  }
}
