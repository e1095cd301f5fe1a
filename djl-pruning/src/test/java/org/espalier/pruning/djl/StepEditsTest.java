package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.regularizer.L1;
import org.espalier.pruning.core.regularizer.Regularizer;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where regularizers act in a step of DJL, in both forms of pruning. */
class StepEditsTest {

  private static final float RATE = 0.05f;
  private static final double LAMBDA = 0.02;

  /** Long after the end of these trainings. */
  private static final OneShot NEVER = new OneShot(0.5, Timing.Unit.STEP, 1_000_000);

  private final SpyHooks hooks = new SpyHooks();

  private static Recipe recipe(OneShot schedule, Regularizer... regularizers) {
    return Recipe.of(PruningGroup.builder(schedule).optRegularizers(regularizers).build());
  }

  private Trainer trainer(Model model, Recipe recipe, boolean attached, Optimizer optimizer) {
    Engine.getInstance().setRandomSeed(3);
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer);
    Trainer trainer =
        model.newTrainer(
            TinyTraining.config(config, recipe, attached, EvidenceSetup.FROM_TRAINING, hooks));
    trainer.initialize(TinyTraining.inputShape());
    return trainer;
  }

  private static Optimizer sgd(float momentum, float weightDecay) {
    return Optimizer.sgd()
        .setLearningRateTracker(Tracker.fixed(RATE))
        .optMomentum(momentum)
        .optWeightDecays(weightDecay)
        .build();
  }

  /** w - rate (g + λ sgn w), with the gradient of all backward passes and λ once. */
  @ParameterizedTest(name = "attached: {0}, backward passes: {1}")
  @CsvSource({"false, 1", "true, 1", "false, 3", "true, 3"})
  void aPenaltyIsAddedOncePerStep(boolean attached, int passes) {
    try (Model model = TinyTraining.model();
        Trainer trainer =
            trainer(model, recipe(NEVER, new L1(false, LAMBDA)), attached, sgd(0, 0))) {
      for (int step = 0; step < 3; step++) {
        for (int k = 0; k < passes; k++) {
          TinyTraining.backward(trainer, 10L * step + k);
        }
        Map<String, float[]> before = TinyTraining.parameters(model.getBlock());
        Map<String, float[]> gradients = TinyTraining.gradients(model.getBlock());
        trainer.step();
        Map<String, float[]> after = TinyTraining.parameters(model.getBlock());
        gradients.forEach(
            (path, gradient) -> {
              float[] w = before.get(path);
              // Biases and norms are in no group.
              double lambda = path.endsWith("_weight") ? LAMBDA : 0;
              for (int i = 0; i < w.length; i++) {
                double expected = w[i] - RATE * (gradient[i] + lambda * Math.signum(w[i]));
                assertEquals(expected, after.get(path)[i], 2e-7, path + "[" + i + "]");
              }
              assertArrayEquals(
                  new float[w.length], TinyTraining.gradients(model.getBlock()).get(path), path);
            });
      }
    }
  }

  /** The update of the optimizer, then sgn(w) max(|w| - rate λ, 0). */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void aProximalStepFollowsTheUpdate(boolean attached) {
    try (Model model = TinyTraining.model();
        Trainer trainer =
            trainer(model, recipe(NEVER, new L1(true, LAMBDA)), attached, sgd(0, 0))) {
      for (int step = 0; step < 3; step++) {
        TinyTraining.backward(trainer, step);
        Map<String, float[]> before = TinyTraining.weights(model.getBlock());
        Map<String, float[]> gradients = TinyTraining.gradients(model.getBlock());
        trainer.step();
        TinyTraining.weights(model.getBlock())
            .forEach(
                (path, after) -> {
                  for (int i = 0; i < after.length; i++) {
                    double updated = before.get(path)[i] - RATE * gradients.get(path)[i];
                    double size = Math.max(Math.abs(updated) - RATE * LAMBDA, 0);
                    assertEquals(Math.signum(updated) * size, after[i], 2e-7, path);
                  }
                });
      }
    }
  }

  /** Momentum and masks included, both forms of pruning train the same bits. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bothFormsTrainTheSame(boolean proximal) {
    OneShot schedule = new OneShot(0.5, Timing.Unit.STEP, 3);
    TreeMap<String, float[]> first = null;
    for (boolean attached : new boolean[] {false, true}) {
      try (Model model = TinyTraining.model();
          Trainer trainer =
              trainer(
                  model, recipe(schedule, new L1(proximal, LAMBDA)), attached, sgd(0.9f, 0.01f))) {
        for (int step = 0; step < 10; step++) {
          TinyTraining.step(trainer, step);
        }
        TreeMap<String, float[]> weights = TinyTraining.weights(model.getBlock());
        hooks
            .session
            .state()
            .masks()
            .forEach((path, mask) -> assertTrue(TinyTraining.holds(mask, weights.get(path)), path));
        if (first != null) {
          first.forEach((path, values) -> assertArrayEquals(values, weights.get(path), path));
        }
        first = weights;
      }
    }
  }
}
