package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.pruning.core.Evidence;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.schedule.Constant;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.Call;
import org.espalier.pruning.djl.Spies.SpyCollector;
import org.espalier.pruning.djl.Spies.SpyCriterion;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.evidence.Samples;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured for a decision, when, on which batches and under which masks. */
class EvidenceTest {

  private static final String CONVOLUTION = "01Conv2d_weight";
  private static final String HIDDEN = "05Linear_weight";
  private static final String OUTPUT = "07Linear_weight";

  private final SpyHooks hooks = new SpyHooks();

  private static PruningGroup.Builder oneShot(Criterion criterion, long step) {
    return PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, step)).optCriterion(criterion);
  }

  private TrainingConfig config(Recipe recipe, boolean attached, SpyCollector... collectors) {
    return config(recipe, attached, new EvidenceSetup(Optional.empty(), List.of(collectors)));
  }

  private TrainingConfig config(Recipe recipe, boolean attached, EvidenceSetup evidence) {
    return TinyTraining.config(
        TinyTraining.config(OptimizerKind.SGD), recipe, attached, evidence, hooks);
  }

  private static float[] pixels(long seed) {
    try (NDManager manager = NDManager.newBaseManager();
        Batch batch = TinyTraining.batch(manager, seed)) {
      return batch.getData().head().toFloatArray();
    }
  }

  private static float[] labels(long seed) {
    try (NDManager manager = NDManager.newBaseManager();
        Batch batch = TinyTraining.batch(manager, seed)) {
      return batch.getLabels().head().toFloatArray();
    }
  }

  private static void assertClosed(Call call) {
    assertTrue(!call.arrays().isEmpty());
    call.arrays().forEach(array -> assertThrows(IllegalStateException.class, array::toFloatArray));
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void onlyWhatDueGroupsNeedIsMeasuredAndOnlyOncePerGroup(boolean attached) {
    SpyCriterion ofTwo = new SpyCriterion(Statistic.GRADIENT_ABS, Statistic.GRADIENT_SQUARE);
    SpyCriterion ofInput = new SpyCriterion(Statistic.INPUT_NORM);
    SpyCollector gradients =
        new SpyCollector(Statistic.GRADIENT_ABS, Statistic.GRADIENT_SQUARE, Statistic.GRADIENT);
    SpyCollector activations = new SpyCollector(Statistic.INPUT_NORM, Statistic.GRADIENT_ABS);
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new Constant(0.5, new Timing(Timing.Unit.STEP, 1, 3, 2)))
                .optName("a")
                .optInclude(CONVOLUTION, HIDDEN)
                .optCriterion(ofTwo)
                .build(),
            oneShot(ofInput, 2).optName("b").optInclude(OUTPUT).build());
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config(recipe, attached, gradients, activations))) {
      trainer.initialize(TinyTraining.inputShape());
      for (int i = 0; i < 5; i++) {
        TinyTraining.step(trainer, i);
      }
    }
    assertEquals(2, gradients.calls.size());
    for (int i = 0; i < 2; i++) {
      Call call = gradients.calls.get(i);
      assertEquals(Set.of(Statistic.GRADIENT_ABS, Statistic.GRADIENT_SQUARE), call.wanted());
      assertEquals(Set.of(CONVOLUTION, HIDDEN), call.paths());
      assertEquals(1, call.data().size());
      assertArrayEquals(pixels(2 * i + 1), call.data().get(0));
      assertArrayEquals(labels(2 * i + 1), call.labels().get(0));
      assertClosed(call);
    }
    assertEquals(Map.of(), gradients.calls.get(0).masks());
    assertEquals(Set.of(CONVOLUTION, HIDDEN, OUTPUT), gradients.calls.get(1).masks().keySet());
    assertEquals(1, activations.calls.size());
    assertEquals(Set.of(Statistic.INPUT_NORM), activations.calls.get(0).wanted());
    assertEquals(Set.of(OUTPUT), activations.calls.get(0).paths());
    assertArrayEquals(pixels(2), activations.calls.get(0).data().get(0));
    assertArrayEquals(
        SpyCollector.numbers(2, Statistic.GRADIENT_SQUARE, 10, 64),
        ofTwo.of(HIDDEN).get(1).statistic(Statistic.GRADIENT_SQUARE));
    assertArrayEquals(
        SpyCollector.numbers(1, Statistic.INPUT_NORM, 3, 10),
        ofInput.of(OUTPUT).get(0).statistic(Statistic.INPUT_NORM));
  }

  /** Each round is measured under the masks of the one before; gradients, too. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void roundsAreMeasuredUnderTheirOwnMasks(boolean attached) {
    SpyCriterion criterion = new SpyCriterion(Statistic.GRADIENT);
    SpyCollector collector = new SpyCollector(Statistic.GRADIENT);
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.9, Timing.Unit.STEP, 0))
                .optCriterion(criterion)
                .optEvidence(new Evidence(1, 3))
                .build());
    float[] initial;
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config(recipe, attached, collector))) {
      trainer.initialize(TinyTraining.inputShape());
      initial = TinyTraining.weights(model.getBlock()).get(HIDDEN);
      TinyTraining.step(trainer, 3);
      TinyTraining.step(trainer, 4);
      assertEquals(64, hooks.masksBeforeStep.get(0L).get(HIDDEN).keptCount());
    }
    assertEquals(3, collector.calls.size());
    assertEquals(Map.of(), collector.calls.get(0).masks());
    // densities .1^(1/3) = .46416, .1^(2/3) = .21544 of 640: 297.06, 137.88
    assertEquals(297, collector.calls.get(1).masks().get(HIDDEN).keptCount());
    assertEquals(138, collector.calls.get(2).masks().get(HIDDEN).keptCount());
    // The first round by hand: |w g| of the first answer, the 297 largest.
    float[] first = SpyCollector.numbers(1, Statistic.GRADIENT, 10, 64);
    assertArrayEquals(best(297, initial, first), kept(collector.calls.get(1).masks().get(HIDDEN)));
    // Weights stand still: every round sees them as they were.
    for (WeightTensor seen : criterion.of(HIDDEN)) {
      assertArrayEquals(initial, seen.values());
    }
    collector.calls.forEach(EvidenceTest::assertClosed);
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void aLoopThatShowsNoBatchIsRefusedWhenOneIsNeeded(boolean attached) {
    SpyCollector collector = new SpyCollector(Statistic.INPUT_NORM);
    Recipe recipe = Recipe.of(oneShot(new SpyCriterion(Statistic.INPUT_NORM), 1).build());
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config(recipe, attached, collector))) {
      trainer.initialize(TinyTraining.inputShape());
      TinyTraining.backward(trainer, 0);
      trainer.step();
      TinyTraining.backward(trainer, 1);
      Map<String, float[]> before = TinyTraining.parameters(model.getBlock());
      InvalidInputException error = assertThrows(InvalidInputException.class, trainer::step);
      assertEquals(
          "group 'weights': expected a training batch to measure input_norm on, found none shown to"
              + " training listeners; train by EasyTrain.trainBatch, or call"
              + " trainer.notifyListeners(l -> l.onTrainingBatch(trainer, batchData)) after"
              + " backward, or give batches beforehand (PruningListener.withEvidence,"
              + " Pruning.attach)",
          error.getMessage());
      Map<String, float[]> after = TinyTraining.parameters(model.getBlock());
      before.forEach((path, values) -> assertArrayEquals(values, after.get(path), path));
      assertEquals(Map.of(), hooks.session.state().masks());
      // Shown the batch, the same training goes on.
      TinyTraining.step(trainer, 1);
      assertEquals(2, hooks.session.state().time().step());
      assertEquals(320, hooks.session.state().masks().get(HIDDEN).keptCount());
    }
  }

  /** Norms, flow, scales, initial values: nothing to be shown. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void statisticsWithoutDataNeedNoBatch(boolean attached) {
    SpyCriterion criterion = new SpyCriterion(Statistic.FLOW_GRADIENT, Statistic.INITIAL_VALUE);
    SpyCollector collector = new SpyCollector(Statistic.FLOW_GRADIENT);
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 3))
                .optCriterion(criterion)
                .optEvidence(new Evidence(4, 2))
                .build());
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config(recipe, attached, collector))) {
      trainer.initialize(TinyTraining.inputShape());
      Map<String, float[]> initial = TinyTraining.weights(model.getBlock());
      for (int i = 0; i < 4; i++) {
        TinyTraining.backward(trainer, i);
        trainer.step();
      }
      assertEquals(2, collector.calls.size());
      assertEquals(List.of(), collector.calls.get(1).data());
      assertEquals(4, hooks.session.state().time().step()); // no step was held back
      for (WeightTensor seen : criterion.of(HIDDEN)) {
        assertArrayEquals(initial.get(HIDDEN), seen.statistic(Statistic.INITIAL_VALUE));
        assertNotEquals(initial.get(HIDDEN)[0], seen.values()[0]);
      }
      assertEquals(initial.keySet(), hooks.session.initialValues().keySet());
    }
  }

  /** Pruning at initialization on a fixed set, in a loop that shows nothing. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void batchesCanBeGivenBeforehand(boolean attached) {
    SpyCriterion criterion = new SpyCriterion(Statistic.GRADIENT);
    SpyCollector collector = new SpyCollector(Statistic.GRADIENT);
    Recipe recipe = Recipe.of(oneShot(criterion, 0).optEvidence(new Evidence(2, 1)).build());
    try (Model model = TinyTraining.model()) {
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        batches.add(TinyTraining.batch(model.getNDManager(), 50 + i));
      }
      List<Sample> given = Samples.first(3, batches, model.getNDManager());
      EvidenceSetup evidence = new EvidenceSetup(Optional.empty(), List.of(collector)).with(given);
      try (Trainer trainer = model.newTrainer(config(recipe, attached, evidence))) {
        trainer.initialize(TinyTraining.inputShape());
        TinyTraining.backward(trainer, 0);
        trainer.step();
        assertEquals(1, hooks.session.state().time().step());
      }
      assertEquals(1, collector.calls.size());
      Call call = collector.calls.get(0);
      assertEquals(2, call.data().size());
      assertArrayEquals(pixels(50), call.data().get(0));
      assertArrayEquals(pixels(51), call.data().get(1));
      assertArrayEquals(
          SpyCollector.numbers(1, Statistic.GRADIENT, 10, 64),
          criterion.of(HIDDEN).get(0).gradients());
      // They stay the caller's; the batches that they came from are closed.
      assertSame(given.get(0).data().head(), call.arrays().get(0));
      assertArrayEquals(pixels(50), given.get(0).data().head().toFloatArray());
      assertThrows(
          IllegalStateException.class, () -> batches.get(2).getData().head().toFloatArray());
      assertArrayEquals(pixels(53), batches.get(3).getData().head().toFloatArray());
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void whatCannotBeServedIsRefusedWhenTheNetworkIsFirstSeen(boolean attached) {
    Recipe recipe =
        Recipe.of(
            oneShot(new SpyCriterion(Statistic.INPUT_NORM), 0)
                .optEvidence(new Evidence(2, 1))
                .build());
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config(recipe, attached))) {
      InvalidInputException error =
          assertThrows(
              InvalidInputException.class, () -> trainer.initialize(TinyTraining.inputShape()));
      assertEquals(
          "group 'weights': expected statistics that can be measured in a DJL training, found"
              + " input_norm for the criterion 'spy'; choose another criterion or compensation, or"
              + " prune a tensor file, which can bring it",
          error.getMessage());
    }
    try (Model model = TinyTraining.model()) {
      List<Sample> one =
          Samples.first(
              1, List.of(TinyTraining.batch(model.getNDManager(), 1)), model.getNDManager());
      EvidenceSetup evidence =
          new EvidenceSetup(Optional.of(one), List.of(new SpyCollector(Statistic.INPUT_NORM)));
      try (Trainer trainer = model.newTrainer(config(recipe, attached, evidence))) {
        InvalidInputException error =
            assertThrows(
                InvalidInputException.class, () -> trainer.initialize(TinyTraining.inputShape()));
        assertEquals(
            "group 'weights', batches: expected at most the 1 given beforehand, found 2; give more"
                + " or ask for fewer",
            error.getMessage());
      }
    }
  }

  /** |w g| at initialization (SNIP), for real: the masks stand before the first optimizer step. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void masksOfAnInitializationStandBeforeTheFirstStep(boolean attached) {
    Recipe recipe = Recipe.of(oneShot(new SpyCriterion(Statistic.GRADIENT), 0).build());
    TrainingConfig config =
        config(recipe, attached, EvidenceSetup.FROM_TRAINING); // no collector is needed
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(TinyTraining.inputShape());
      float[] weights = TinyTraining.weights(model.getBlock()).get(HIDDEN);
      TinyTraining.backward(trainer, 9);
      float[] gradients = TinyTraining.gradients(model.getBlock()).get(HIDDEN);
      trainer.step();
      Mask mask = hooks.masksBeforeStep.get(0L).get(HIDDEN);
      assertArrayEquals(best(320, weights, gradients), kept(mask));
      assertTrue(TinyTraining.holds(mask, TinyTraining.weights(model.getBlock()).get(HIDDEN)));
    }
  }

  /** Indices of the largest |w g|, the lower index first where two are equal. */
  private static int[] best(int count, float[] weights, float[] gradients) {
    return IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs((double) weights[i] * gradients[i])))
        .limit(count)
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] kept(Mask mask) {
    return IntStream.range(0, mask.elements()).filter(mask::isKept).toArray();
  }
}
