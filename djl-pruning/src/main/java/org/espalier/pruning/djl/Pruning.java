package org.espalier.pruning.djl;

import ai.djl.training.TrainingConfig;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;

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
    return new AttachedConfig(config, recipe, start, hooks);
  }
}
