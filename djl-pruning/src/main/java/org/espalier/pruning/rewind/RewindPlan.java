package org.espalier.pruning.rewind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Unstructured;

/**
 * What {@link IterativePruning} does.
 *
 * @param recipe what each round prunes. Its clock counts rounds: step and epoch are both the rounds
 *     before, so that {@code {type: geometric, rate: 0.2, target: 0.99, begin: 0, every: 1}} prunes
 *     a fifth of the living weights in every round
 * @param rounds at least 1
 * @param seed of the initial weights and of the random state of every training step
 * @param chain how each level is trained whose weights the next round prunes
 * @param branches what else is trained, by level; level 1 has the masks of the first round
 */
public record RewindPlan(
    Recipe recipe, int rounds, long seed, Rewind chain, SortedMap<Integer, List<Rewind>> branches) {

  /** Copies the map; refuses levels that there are not, and ways of training that occur twice. */
  public RewindPlan {
    if (rounds < 1) {
      throw new InvalidInputException("rounds", "at least 1", Integer.toString(rounds), "add some");
    }
    TreeMap<Integer, List<Rewind>> copy = new TreeMap<>();
    branches.forEach((level, ways) -> copy.put(level, List.copyOf(ways)));
    for (Map.Entry<Integer, List<Rewind>> entry : copy.entrySet()) {
      requireBranch(entry.getKey(), rounds, entry.getValue(), chain);
    }
    branches = Collections.unmodifiableSortedMap(copy);
    List<Rewind> all = new ArrayList<>(List.of(chain));
    branches.values().forEach(all::addAll);
    for (Rewind way : all) {
      requireSense(way, recipe, seed);
    }
  }

  private static void requireBranch(int level, int rounds, List<Rewind> ways, Rewind chain) {
    if (level < 1 || level > rounds) {
      throw new InvalidInputException(
          "branches",
          "levels from 1 to the number of rounds, " + rounds,
          Integer.toString(level),
          "correct the level, or do more rounds");
    }
    TreeSet<String> labels = new TreeSet<>(List.of(chain.label()));
    for (Rewind way : ways) {
      if (!labels.add(way.label())) {
        throw new InvalidInputException(
            "branches", "ways of training that differ", way.label() + " twice", "remove one");
      }
    }
  }

  private static void requireSense(Rewind way, Recipe recipe, long seed) {
    if (way instanceof Rewind.RandomWeights control && control.seed() == seed) {
      throw new InvalidInputException(
          "random-weights",
          "another seed than the run's",
          Long.toString(seed),
          "choose another: the same seed makes the same weights");
    }
    if (way instanceof Rewind.RandomMask) {
      for (PruningGroup group : recipe.groups()) {
        if (!(group.pattern() instanceof Unstructured)) {
          throw new InvalidInputException(
              "random-mask",
              "unstructured masks to permute",
              "'" + group.pattern().text() + "' in group '" + group.name() + "'",
              "leave this control out");
        }
      }
    }
  }

  /** Returns the steps of the dense training that anything goes back to, 0 always among them. */
  TreeSet<Long> origins() {
    TreeSet<Long> steps = new TreeSet<>(List.of(0L, chain.step()));
    branches.values().forEach(ways -> ways.forEach(way -> steps.add(way.step())));
    return steps;
  }
}
