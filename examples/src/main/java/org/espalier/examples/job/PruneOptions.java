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
 * @param recipe what to prune by
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
    RecipeChoice recipe,
    Optional<Path> loadDir,
    Optional<Integer> epochs,
    Optional<FineTuneRate> fineTuneRate,
    Path out,
    long seed,
    int threads,
    Optional<CheckpointOptions> checkpoints,
    String commandLine) {

  /** Refuses what contradicts itself or is out of range. */
  public PruneOptions {
    if (!Networks.names().contains(network)) {
      throw new InvalidInputException(
          "--model", "one of " + String.join(", ", Networks.names()), network, "name one of these");
    }
    requireAtLeastOne("--epochs", epochs.orElse(1));
    requireAtLeastOne("--threads", threads);
    requireIntSeed(seed);
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
