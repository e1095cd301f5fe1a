package org.espalier.examples.job;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.model.Networks;
import org.espalier.pruning.core.FineTuneRate;
import org.espalier.sparse.InvalidInputException;

/**
 * What a user asks of the main job.
 *
 * @param network name of the network, one of {@link Networks#names()}
 * @param data what to train on
 * @param dataDir folder with the data set's usual files; empty leaves it to DJL
 * @param sparsity target of the default recipe, in [0, 1); empty if a recipe file says it
 * @param recipeFile recipe in YAML; empty for the default recipe
 * @param loadDir folder with a dense model that an earlier run saved; empty to train one
 * @param epochs epochs of each phase, at least 1; empty for the network's default
 * @param fineTuneRate peak learning rate of pruning and fine-tuning; empty for that of the dense
 *     training, because sparsity rises while it trains
 * @param out folder for the results
 * @param seed of weights, order of the data and recipe
 * @param threads of libtorch, at least 1
 * @param checkpoints how the run survives being killed; empty if it need not
 * @param commandLine as the user typed it, for the report
 */
public record PruneOptions(
    String network,
    DataSource data,
    Optional<Path> dataDir,
    Optional<Double> sparsity,
    Optional<Path> recipeFile,
    Optional<Path> loadDir,
    Optional<Integer> epochs,
    Optional<FineTuneRate> fineTuneRate,
    Path out,
    long seed,
    int threads,
    Optional<CheckpointOptions> checkpoints,
    String commandLine) {

  /** The sparsity of the default recipe. */
  public static final double DEFAULT_SPARSITY = 0.9;

  /** Refuses what contradicts itself or is out of range. */
  public PruneOptions {
    if (!Networks.names().contains(network)) {
      throw new InvalidInputException(
          "--model", "one of " + String.join(", ", Networks.names()), network, "name one of these");
    }
    if (sparsity.isPresent() && recipeFile.isPresent()) {
      throw new InvalidInputException(
          "--sparsity", "a sparsity or a recipe", "both", "drop one: the recipe says how much");
    }
    sparsity.ifPresent(PruneOptions::requireSparsity);
    requireAtLeastOne("--epochs", epochs.orElse(1));
    requireAtLeastOne("--threads", threads);
    requireIntSeed(seed);
  }

  private static void requireSparsity(double sparsity) {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new InvalidInputException(
          "--sparsity",
          "a fraction of zeros in [0, 1)",
          Double.toString(sparsity),
          "0.9 prunes nine weights of ten");
    }
  }

  private static void requireAtLeastOne(String option, int value) {
    if (value < 1) {
      throw new InvalidInputException(
          option, "at least 1", Integer.toString(value), "raise it or leave it out");
    }
  }

  /** DJL's engines take an int. */
  private static void requireIntSeed(long seed) {
    if (seed != (int) seed) {
      throw new InvalidInputException(
          "--seed", "a whole number of 32 bits", Long.toString(seed), "choose a smaller one");
    }
  }
}
