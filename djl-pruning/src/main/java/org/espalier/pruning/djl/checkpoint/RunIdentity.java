package org.espalier.pruning.djl.checkpoint;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.RecipeDifference;
import org.espalier.sparse.InvalidInputException;

/**
 * What makes a run that run: two runs of equal identity, network and optimizer end with the same
 * bits.
 *
 * @param recipe canonical text of the recipe; empty for a training without pruning
 * @param seed of the random state of every step
 * @param facts anything else that must not change, by name: data set, its size, batch size, epochs
 */
public record RunIdentity(String recipe, long seed, Map<String, String> facts) {

  /** Copies the map and sorts it. */
  public RunIdentity {
    Objects.requireNonNull(recipe);
    facts = new TreeMap<>(Map.copyOf(facts));
  }

  /** Returns the identity of a training without pruning. */
  public static RunIdentity withoutPruning(long seed, Map<String, String> facts) {
    return new RunIdentity("", seed, facts);
  }

  /** Returns the identity of a training that is pruned by a recipe. */
  public static RunIdentity of(Recipe recipe, long seed, Map<String, String> facts) {
    return new RunIdentity(recipe.canonicalText(), seed, facts);
  }

  /** Returns the SHA-256 of the recipe's text, as {@link Recipe#sha256()} does it. */
  public String recipeSha256() {
    return Recipe.sha256(recipe);
  }

  /**
   * Refuses to go on with another run.
   *
   * @param saved the run that was interrupted
   * @param place where it was saved, for the error
   * @throws InvalidInputException naming the first difference: of facts, seed, recipe, because the
   *     latter may follow from the former
   */
  public void requireSame(RunIdentity saved, String place) {
    Set<String> names = new TreeSet<>(saved.facts.keySet());
    names.addAll(facts.keySet());
    for (String name : names) {
      String before = saved.facts.getOrDefault(name, "nothing");
      String after = facts.getOrDefault(name, "nothing");
      if (!before.equals(after)) {
        throw changed(place, name, before, after);
      }
    }
    if (seed != saved.seed) {
      throw changed(place, "seed", Long.toString(saved.seed), Long.toString(seed));
    }
    Optional<RecipeDifference> difference = RecipeDifference.first(saved.recipe, recipe);
    if (difference.isPresent()) {
      RecipeDifference first = difference.get();
      throw changed(place, "recipe key " + first.key(), first.before(), first.after());
    }
  }

  private static InvalidInputException changed(
      String place, String name, String before, String after) {
    return new InvalidInputException(
        place + ", " + name,
        before + " as in the run that was interrupted",
        after,
        "set it back, or start a new run in another folder");
  }
}
