package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.espalier.pruning.core.Evidence;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Magnitude;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.schedule.Constant;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.SpyCollector;
import org.espalier.pruning.djl.Spies.SpyCriterion;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimizer steps are held back while a decision looks at several batches. */
class HoldTest {

  private static final String HIDDEN = "05Linear_weight";
  private static final String RUNNING_MEAN = "02BatchNorm_runningMean";

  private final SpyHooks hooks = new SpyHooks();
  private final List<Integer> updates = new ArrayList<>();

  private Trainer trainer(Model model, boolean attached, Recipe recipe, SpyCollector... spies) {
    // Plain SGD, so that a step is w - 0.05 g; the tracker sees DJL's count of updates.
    Tracker rate =
        count -> {
          updates.add(count);
          return 0.05f;
        };
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(Optimizer.sgd().setLearningRateTracker(rate).build());
    Trainer trainer =
        model.newTrainer(
            TinyTraining.config(
                config,
                recipe,
                attached,
                new EvidenceSetup(Optional.empty(), List.of(spies)),
                hooks));
    trainer.initialize(TinyTraining.inputShape());
    return trainer;
  }

  private static Recipe recipe(Schedule schedule, Criterion criterion, int batches) {
    return Recipe.of(
        PruningGroup.builder(schedule)
            .optCriterion(criterion)
            .optEvidence(new Evidence(batches, 1))
            .build());
  }

  private static OneShot at(long step) {
    return new OneShot(0.5, Timing.Unit.STEP, step);
  }

  /** Only what is trained: running statistics move with the user's own forward passes. */
  private static Map<String, float[]> trained(Model model) {
    Map<String, float[]> values = TinyTraining.parameters(model.getBlock());
    values.keySet().retainAll(TinyTraining.gradients(model.getBlock()).keySet());
    return values;
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void weightsStandStillAndNothingIsCountedUntilTheLastBatch(boolean attached) {
    SpyCriterion criterion = new SpyCriterion(Statistic.GRADIENT, Statistic.GRADIENT_ABS);
    SpyCollector collector = new SpyCollector(Statistic.GRADIENT_ABS);
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, attached, recipe(at(1), criterion, 3), collector)) {
      TinyTraining.step(trainer, 0);
      int updatesPerStep = updates.size();
      Map<String, float[]> before = trained(model);
      double[] sum = new double[640];
      Map<String, float[]> last = Map.of();
      for (int k = 0; k < 3; k++) {
        TinyTraining.backward(trainer, 10 + k); // read, then made anew by the step below
        last = TinyTraining.gradients(model.getBlock());
        for (int i = 0; i < 640; i++) {
          sum[i] += last.get(HIDDEN)[i];
        }
        zeroGradients(model);
        TinyTraining.step(trainer, 10 + k);
        boolean held = k < 2;
        assertEquals(held ? 1 : 2, hooks.session.state().time().step());
        assertEquals(held ? updatesPerStep : 2 * updatesPerStep, updates.size());
        TinyTraining.gradients(model.getBlock())
            .forEach((path, g) -> assertArrayEquals(new float[g.length], g, path));
        if (held) {
          Map<String, float[]> now = trained(model);
          before.forEach((path, values) -> assertArrayEquals(values, now.get(path), path));
        }
      }
      float[] expected = new float[640];
      for (int i = 0; i < 640; i++) {
        expected[i] = (float) sum[i];
      }
      assertArrayEquals(expected, criterion.of(HIDDEN).get(0).gradients());
      assertEquals(1, collector.calls.size());
      assertEquals(3, collector.calls.get(0).data().size());
      // The step that decides goes on with its own batch's gradient.
      float[] after = TinyTraining.weights(model.getBlock()).get(HIDDEN);
      var mask = hooks.session.state().masks().get(HIDDEN);
      for (int i = 0; i < 640; i++) {
        float moved = before.get(HIDDEN)[i] - 0.05f * last.get(HIDDEN)[i];
        assertEquals(mask.isKept(i) ? moved : 0f, after[i], 1e-7f, "entry " + i);
      }
      TinyTraining.step(trainer, 20);
      assertEquals(3, hooks.session.state().time().step());
      assertEquals(3, updates.stream().mapToInt(Integer::intValue).max().orElseThrow());
    }
    assertEquals(
        List.of(
            "epoch begin 0",
            "step begin 0",
            "before 0",
            "step end 1",
            "step begin 1",
            "before 1",
            "step end 2",
            "step begin 2",
            "before 2",
            "step end 3"),
        hooks.log);
  }

  private static void zeroGradients(Model model) {
    model
        .getBlock()
        .getParameters()
        .values()
        .forEach(parameter -> Mirrors.zeroGradient(parameter.getArray()));
  }

  /** Also what is not a number: it must not live on in the next step's gradient. */
  @ParameterizedTest
  @ValueSource(floats = {1f, Float.NaN, Float.POSITIVE_INFINITY})
  void zeroedGradientsAreZero(float value) {
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, false, Recipe.oneShot(0.5))) {
      TinyTraining.backward(trainer, 0);
      NDArray weight = model.getBlock().getParameters().get(HIDDEN).getArray();
      try (NDArray gradient = weight.getGradient()) {
        gradient.muli(value);
      }
      Mirrors.zeroGradient(weight);
      assertArrayEquals(new float[640], TinyTraining.gradients(model.getBlock()).get(HIDDEN));
    }
  }

  /** Batch norm sees held batches as it sees those that gradients are accumulated over. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void runningStatisticsMoveWithTheForwardPassesOfTheTraining(boolean attached) {
    List<float[]> means = new ArrayList<>();
    for (boolean hold : new boolean[] {true, false}) {
      Engine.getInstance().setRandomSeed(5);
      try (Model model = TinyTraining.model();
          Trainer trainer =
              trainer(
                  model,
                  attached,
                  recipe(at(hold ? 0 : 99), new SpyCriterion(Statistic.GRADIENT), 3))) {
        for (int k = 0; k < 3; k++) {
          TinyTraining.backward(trainer, k);
          if (hold) {
            trainer.step();
          }
        }
        means.add(TinyTraining.parameters(model.getBlock()).get(RUNNING_MEAN));
      }
    }
    assertArrayEquals(means.get(1), means.get(0));
    assertTrue(TinyTraining.nonZeros(means.get(0)) > 0);
  }

  /** The group that wants fewer batches takes the last ones; micro-batches belong together. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void everyGroupTakesItsNumberOfLastBatches(boolean attached) {
    SpyCriterion two = new SpyCriterion(Statistic.GRADIENT);
    SpyCriterion one = new SpyCriterion(Statistic.GRADIENT);
    SpyCollector collector = new SpyCollector(Statistic.INPUT_NORM);
    String output = "07Linear_weight";
    Recipe recipe =
        Recipe.of(
            group("two", two, 2, HIDDEN),
            group("one", one, 1, output),
            group("three", new SpyCriterion(Statistic.INPUT_NORM), 3, "01Conv2d_weight"));
    List<Map<String, float[]>> gradients = new ArrayList<>();
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, attached, recipe, collector)) {
      for (int k = 0; k < 3; k++) {
        for (int micro = 0; micro < 2; micro++) {
          try (var batch = TinyTraining.batch(trainer.getManager(), 2L * k + micro)) {
            EasyTrain.trainBatch(trainer, batch);
          }
        }
        gradients.add(TinyTraining.gradients(model.getBlock()));
        trainer.step();
      }
    }
    assertArrayEquals(gradients.get(2).get(output), one.of(output).get(0).gradients());
    float[] expected = new float[640];
    for (int i = 0; i < 640; i++) {
      expected[i] =
          (float) ((double) gradients.get(1).get(HIDDEN)[i] + gradients.get(2).get(HIDDEN)[i]);
    }
    assertArrayEquals(expected, two.of(HIDDEN).get(0).gradients());
    assertEquals(6, collector.calls.get(0).data().size());
  }

  private static PruningGroup group(String name, Criterion criterion, int batches, String path) {
    return PruningGroup.builder(at(0))
        .optName(name)
        .optInclude(path)
        .optCriterion(criterion)
        .optEvidence(new Evidence(batches, 1))
        .build();
  }

  /** A hold that runs into the next epoch: both epochs' decisions come, none twice. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void aHoldMayRunIntoTheNextEpoch(boolean attached) throws Exception {
    SpyCriterion steps = new SpyCriterion(Statistic.GRADIENT);
    SpyCriterion epochs = new SpyCriterion();
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(at(3))
                .optName("steps")
                .optInclude(HIDDEN)
                .optCriterion(steps)
                .optEvidence(new Evidence(4, 1))
                .build(),
            PruningGroup.builder(
                    new Constant(0.5, new Timing(Timing.Unit.EPOCH, 1, Timing.OPEN, 1)))
                .optName("epochs")
                .optInclude("07Linear_weight")
                .optCriterion(epochs)
                .build());
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, attached, recipe)) {
      EasyTrain.fit(trainer, 2, TinyTraining.dataset(() -> {}), null);
      // 10 batches, 3 of them held.
      assertEquals(7, hooks.session.state().time().step());
      assertEquals(2, hooks.session.state().time().epoch());
    }
    assertEquals(1, steps.seen.size());
    assertEquals(1, epochs.seen.size());
    Map<Long, Integer> masks = new HashMap<>();
    hooks.masksBeforeStep.forEach((step, all) -> masks.put(step, all.size()));
    assertEquals(Map.of(0L, 0, 1L, 0, 2L, 0, 3L, 1, 4L, 2, 5L, 2, 6L, 2), masks);
    assertEquals(
        List.of("step begin 3", "epoch end 1", "epoch begin 1", "before 3", "step end 4"),
        hooks.log.subList(hooks.log.indexOf("step begin 3"), hooks.log.indexOf("step end 4") + 1));
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void anEpochWithoutAnyStepIsRefused(boolean attached) {
    Recipe recipe = recipe(at(0), new SpyCriterion(Statistic.GRADIENT), 6);
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, attached, recipe)) {
      InvalidInputException error =
          assertThrows(
              InvalidInputException.class,
              () -> EasyTrain.fit(trainer, 2, TinyTraining.dataset(() -> {}), null));
      assertEquals(
          "batches: expected at most as many as an epoch has, for a decision to end in it, found an"
              + " epoch without any optimizer step; lower 'batches', or give batches beforehand"
              + " (PruningListener.withEvidence)",
          error.getMessage());
    }
  }

  /** Magnitude looks at no batch, so asking for many holds nothing. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void aCriterionThatLooksAtNoBatchHoldsNothing(boolean attached) {
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, attached, recipe(at(0), new SpyCriterion(), 4))) {
      TinyTraining.step(trainer, 0);
      assertEquals(1, hooks.session.state().time().step());
      assertFalse(hooks.session.state().masks().isEmpty());
    }
  }

  /** Scores by magnitude, but asks for the gradient. */
  private static final class MagnitudeWithGradient implements Criterion {

    @Override
    public String type() {
      return "magnitude-with-gradient";
    }

    @Override
    public Set<Statistic> needs() {
      return Set.of(Statistic.GRADIENT);
    }

    @Override
    public Scores score(WeightTensor tensor) {
      return Magnitude.INSTANCE.score(tensor);
    }
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(OptimizerKind.values())
        .flatMap(kind -> Stream.of(Arguments.of(kind, false), Arguments.of(kind, true)));
  }

  /** Bit for bit the training in which the held batch was only looked at. */
  @ParameterizedTest(name = "{0}, attached: {1}")
  @MethodSource("optimizers")
  void theOptimizerKnowsNothingOfHeldSteps(OptimizerKind kind, boolean attached) {
    List<Map<String, float[]>> weights = new ArrayList<>();
    for (boolean hold : new boolean[] {true, false}) {
      Engine.getInstance().setRandomSeed(8);
      Recipe recipe = recipe(at(2), new MagnitudeWithGradient(), hold ? 2 : 1);
      try (Model model = TinyTraining.model();
          Trainer trainer =
              model.newTrainer(
                  TinyTraining.config(
                      TinyTraining.config(kind),
                      recipe,
                      attached,
                      EvidenceSetup.FROM_TRAINING,
                      hooks))) {
        trainer.initialize(TinyTraining.inputShape());
        for (int i = 0; i < 6; i++) {
          if (!hold && i == 2) {
            TinyTraining.backward(trainer, i);
            zeroGradients(model);
          } else {
            TinyTraining.step(trainer, i);
          }
        }
        assertEquals(5, hooks.session.state().time().step());
        assertEquals(320, hooks.session.state().masks().get(HIDDEN).keptCount());
        weights.add(TinyTraining.parameters(model.getBlock()));
      }
    }
    weights
        .get(0)
        .forEach((path, values) -> assertArrayEquals(values, weights.get(1).get(path), path));
  }
}
