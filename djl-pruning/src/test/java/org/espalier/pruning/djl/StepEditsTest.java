package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Evidence;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.regularizer.L1;
import org.espalier.pruning.core.regularizer.L2;
import org.espalier.pruning.core.regularizer.Regularizer;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.junit.jupiter.api.Test;
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

  /** The gradient of the regularizer goes the way of DJL's own weight decay, momentum included. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void coupledL2IsTheWeightDecayOfTheOptimizer(boolean attached) {
    L2 decay = new L2(L2.Form.COUPLED, 0.05);
    Recipe all =
        Recipe.of(
            PruningGroup.builder(NEVER)
                .optInclude("*_weight", "*_bias", "*_gamma", "*_beta")
                .optRegularizers(decay)
                .build());
    List<TreeMap<String, float[]>> trained = new ArrayList<>();
    for (boolean own : new boolean[] {true, false}) {
      try (Model model = TinyTraining.model();
          Trainer trainer =
              trainer(model, own ? recipe(NEVER) : all, attached, sgd(0.9f, own ? 0.05f : 0))) {
        for (int step = 0; step < 10; step++) {
          TinyTraining.step(trainer, step);
        }
        trained.add(TinyTraining.parameters(model.getBlock()));
      }
    }
    trained
        .get(0)
        .forEach((path, w) -> assertArrayEquals(w, trained.get(1).get(path), 2e-6f, path));
  }

  /** A frozen parameter is neither updated nor shrunk; its penalty counts. */
  @ParameterizedTest(name = "attached: {0}, proximal: {1}")
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void frozenParametersAreLeftAlone(boolean attached, boolean proximal) {
    try (Model model = TinyTraining.model();
        Trainer trainer =
            trainer(model, recipe(NEVER, new L1(proximal, LAMBDA)), attached, sgd(0, 0))) {
      String frozen = "05Linear_weight";
      model.getBlock().getParameters().get(frozen).freeze(true);
      Map<String, float[]> before = TinyTraining.weights(model.getBlock());
      TinyTraining.step(trainer, 0);
      Map<String, float[]> after = TinyTraining.weights(model.getBlock());
      assertArrayEquals(before.get(frozen), after.get(frozen));
      assertFalse(Arrays.equals(before.get("07Linear_weight"), after.get("07Linear_weight")));
      assertEquals(absoluteSum(after), hooks.session.penalty() / LAMBDA, 1e-9);
    }
  }

  private static double absoluteSum(Map<String, float[]> weights) {
    double sum = 0;
    for (float[] values : weights.values()) {
      for (float w : values) {
        sum += Math.abs(w);
      }
    }
    return sum;
  }

  /** While a decision looks at three batches, weights stand still; then one penalty is added. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void heldStepsHaveNoPenalty(boolean attached) {
    PruningGroup group =
        PruningGroup.builder(new OneShot(0, Timing.Unit.STEP, 0))
            .optCriterion(new Spies.SpyCriterion(Statistic.GRADIENT))
            .optEvidence(new Evidence(3, 1))
            .optRegularizers(new L1(false, LAMBDA), new L1(true, LAMBDA))
            .build();
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, Recipe.of(group), attached, sgd(0, 0))) {
      Map<String, float[]> before = TinyTraining.weights(model.getBlock());
      TinyTraining.step(trainer, 0);
      TinyTraining.step(trainer, 1);
      TinyTraining.weights(model.getBlock())
          .forEach((path, w) -> assertArrayEquals(before.get(path), w, path));
      TinyTraining.backward(trainer, 2);
      Map<String, float[]> gradients = TinyTraining.gradients(model.getBlock());
      trainer.step();
      TinyTraining.weights(model.getBlock())
          .forEach(
              (path, after) -> {
                for (int i = 0; i < after.length; i++) {
                  float w = before.get(path)[i];
                  double updated = w - RATE * (gradients.get(path)[i] + LAMBDA * Math.signum(w));
                  double size = Math.max(Math.abs(updated) - RATE * LAMBDA, 0);
                  assertEquals(Math.signum(updated) * size, after[i], 2e-7, path);
                }
              });
    }
  }

  /** Criteria, tracking ones too, and hooks see the gradient of the data loss alone. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void decisionsSeeTheGradientOfTheData(boolean attached) {
    Spies.SpyCriterion criterion = new Spies.SpyCriterion(Statistic.GRADIENT);
    PruningGroup group =
        PruningGroup.builder(new OneShot(0, Timing.Unit.STEP, 0))
            .optCriterion(criterion)
            .optRegularizers(new L1(false, 1000))
            .build();
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, Recipe.of(group), attached, sgd(0, 0))) {
      TinyTraining.backward(trainer, 2);
      Map<String, float[]> gradients = TinyTraining.gradients(model.getBlock());
      trainer.step();
      criterion.seen.forEach(
          tensor -> assertArrayEquals(gradients.get(tensor.name()), tensor.gradients()));
      assertEquals(3, criterion.seen.size());
    }
  }

  /** Groups that only regularize: gammas by a glob, with a sparsity of 0. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void gammasCanBePenalized(boolean attached) {
    Recipe recipe =
        Recipe.parse(
            "{groups: [{include: ['*BatchNorm_gamma'], schedule: {type: one-shot, target: 0},"
                + " regularizers: [{type: l1, strength: 4, form: proximal}]}]}");
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, recipe, attached, sgd(0, 0))) {
      for (int step = 0; step < 10; step++) {
        TinyTraining.step(trainer, step);
      }
      // 10 steps of 0.05 times 4 are more than the initial 1 and what the data add.
      Map<String, float[]> parameters = TinyTraining.parameters(model.getBlock());
      assertArrayEquals(new float[4], parameters.get("02BatchNorm_gamma"));
      assertTrue(TinyTraining.nonZeros(parameters.get("01Conv2d_weight")) == 36);
    }
  }

  /** Two arrays of one parameter, as two devices have them; their gradients count once each. */
  @Test
  void gradientsOfAllDevicesAreAddedOnce() {
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, recipe(NEVER), false, sgd(0, 0))) {
      TinyTraining.backward(trainer, 0);
      Map<String, Parameter> byPath = new NetworkParameters(model.getBlock()).byPath();
      String path = "07Linear_weight";
      Mirrors mirrors = new Mirrors(byPath);
      NDArray first = byPath.get(path).getArray();
      NDArray second = first.duplicate();
      second.setRequiresGradient(true);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        collector.backward(second.sum()); // a gradient of ones
      }
      mirrors.add(path, second);
      float[] alone = TinyTraining.gradients(model.getBlock()).get(path);
      Recipe recipe = recipe(NEVER, new L1(false, 0));
      StepEdits edits =
          new StepEdits(
              Binding.of(recipe, new NetworkParameters(model.getBlock()).infos()),
              mirrors,
              Optional.empty(),
              Map.of());
      edits.prepare(PruningState.EMPTY);
      try (NDArray handed = first.zerosLike()) {
        edits.writeGradient(path, handed);
        float[] sum = handed.toFloatArray();
        for (int i = 0; i < sum.length; i++) {
          assertEquals(alone[i] + 1, sum[i]);
        }
      }
      mirrors.zeroOtherGradients(path, first);
      assertArrayEquals(alone, mirrors.gradient(path));
    }
  }
}
