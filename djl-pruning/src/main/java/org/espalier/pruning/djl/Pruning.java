package org.espalier.pruning.djl;

import ai.djl.training.TrainingConfig;
import java.util.List;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.evidence.Sample;

/** Pruning by a decorated training configuration, which needs no reflection. */
public final class Pruning {

  private Pruning() {}

  /**
   * Returns the configuration with pruning added.
   *
   * <pre>{@code
   * try (Trainer trainer = model.newTrainer(Pruning.attach(config, recipe))) { ... }
   * }</pre>
   *
   * <p>Weights are masked by a wrapper around the configured optimizer, as exactly as {@link
   * PruningListener} does it. DJL has no public sign of the moment before a forward pass; where its
   * parameter store cannot be observed, {@code epochBegin} and {@code stepBegin} come late, just
   * before the optimizer step.
   *
   * @param config what to train with; not changed
   * @param recipe what to prune
   */
  public static TrainingConfig attach(TrainingConfig config, Recipe recipe) {
    return attach(config, recipe, PruningState.EMPTY, new TrainingHooks() {});
  }

  /**
   * Returns the configuration with pruning added.
   *
   * @param config what to train with; not changed
   * @param recipe what to prune
   * @param start masks and moment to go on from
   * @param hooks called at the moments of the training
   */
  public static TrainingConfig attach(
      TrainingConfig config, Recipe recipe, PruningState start, TrainingHooks hooks) {
    return new AttachedConfig(config, recipe, start, hooks, EvidenceSetup.FROM_TRAINING);
  }

  /**
   * Returns the configuration with pruning added, whose decisions measure on batches that are given
   * beforehand; see {@link PruningListener#withEvidence}.
   *
   * @param config what to train with; not changed
   * @param recipe what to prune
   * @param start masks and moment to go on from
   * @param hooks called at the moments of the training
   * @param batches to measure on; they stay the caller's
   */
  public static TrainingConfig attach(
      TrainingConfig config,
      Recipe recipe,
      PruningState start,
      TrainingHooks hooks,
      List<Sample> batches) {
    return new AttachedConfig(
        config, recipe, start, hooks, EvidenceSetup.FROM_TRAINING.with(batches));
  }
}
