package org.espalier.experiments;

import java.util.Optional;
import org.espalier.pruning.core.Recipe;

/** The ways of pruning that the study of pruning at initialization compares. */
enum InitializationMethod implements Method {
  /** Nothing is pruned. */
  DENSE(""),
  /** Weights fall along the cubic schedule over the first half of training: not at the start. */
  MAGNITUDE_DURING_TRAINING("criterion: magnitude, allocation: global"),
  /** The largest initial weights. */
  MAGNITUDE("criterion: magnitude, allocation: global"),
  /** Lee et al. 2019: one batch. */
  SNIP("criterion: snip, allocation: global"),
  /** Wang et al. 2020: one batch, which has about ten images of each class. */
  GRASP("criterion: grasp, allocation: global"),
  /** Tanaka et al. 2020: no data, 100 rounds. */
  SYNFLOW("criterion: synflow, allocation: global, rounds: 100"),
  /** A random mask of the same density in every layer. */
  RANDOM("criterion: random"),
  /** The layer densities of SNIP, random within the layer (Su et al. 2020; Frankle et al. 2021). */
  SNIP_SHUFFLED("criterion: snip, allocation: global"),
  /** The layer densities of GraSP, random within the layer. */
  GRASP_SHUFFLED("criterion: grasp, allocation: global"),
  /** The layer densities of SynFlow, random within the layer. */
  SYNFLOW_SHUFFLED("criterion: synflow, allocation: global, rounds: 100"),
  /** The layer densities of magnitude at initialization, random within the layer. */
  MAGNITUDE_SHUFFLED("criterion: magnitude, allocation: global");

  private final String keys;

  InitializationMethod(String keys) {
    this.keys = keys;
  }

  @Override
  public boolean shuffled() {
    return name().endsWith("_SHUFFLED");
  }

  @Override
  public Optional<Recipe> recipe(double sparsity, int epochs, int stepsPerEpoch, long seed) {
    if (dense()) {
      return Optional.empty();
    }
    long steps = (long) epochs * stepsPerEpoch;
    String schedule =
        this == MAGNITUDE_DURING_TRAINING
            ? "{type: cubic, target: %s, begin: %d, end: %d, every: %d}"
                .formatted(sparsity, steps / 20, steps / 2, Math.max(1, steps / 100))
            : "{type: one-shot, target: %s}".formatted(sparsity);
    return Optional.of(
        Recipe.parse("{seed: %d, %s, schedule: %s}".formatted(seed, keys, schedule)));
  }
}
