package org.espalier.pruning.djl.checkpoint;

import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Recipe;

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
    facts = new TreeMap<>(facts);
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
}
