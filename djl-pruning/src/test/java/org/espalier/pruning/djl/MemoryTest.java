package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.pruning.core.Evidence;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.SpyCollector;
import org.espalier.pruning.djl.Spies.SpyCriterion;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {

  private PruningSession session;

  /** 10 000 steps, 1 000 of them with a decision, leave no array behind in any manager. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void tenThousandStepsLeaveNoArrayBehind(boolean attached) {
    Recipe recipe = Recipe.of(Curve.cubic(0, 0.9, new Timing(Timing.Unit.STEP, 0, 9_990, 10)));
    TrainingConfig config = TinyTraining.config(OptimizerKind.ADAMW, recipe, attached);
    try (Model model = TinyTraining.model()) {
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(TinyTraining.inputShape());
        train(trainer, 100);
        int modelArrays = model.getNDManager().getManagedArrays().size();
        int trainerArrays = trainer.getManager().getManagedArrays().size();
        train(trainer, 9_900);
        assertEquals(modelArrays, model.getNDManager().getManagedArrays().size());
        assertEquals(trainerArrays, trainer.getManager().getManagedArrays().size());
        // Masks live on through thousands of collections of Java buffers.
        long nonZeros =
            TinyTraining.weights(model.getBlock()).values().stream()
                .mapToInt(TinyTraining::nonZeros)
                .sum();
        assertEquals(4 + 64 + 3, nonZeros);
      }
    }
  }

  /** DJL keeps momentum and moments forever; after a release there is nothing left to keep. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void theStateOfADiscardedOptimizerCanBeReleased(boolean attached) {
    Recipe recipe = Recipe.oneShot(0.9);
    TrainingConfig config = TinyTraining.config(OptimizerKind.ADAM, recipe, attached);
    List<NDArray> states = new ArrayList<>();
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(TinyTraining.inputShape());
      train(trainer, 3);
      OptimizerState.forEach(config.getOptimizer(), (id, array) -> states.add(array));
    }
    // Adam: two moments for each of convolution, norm and linear weights and biases
    assertEquals(2 * 8, states.size());
    assertEquals(2 * 8, OptimizerState.release(config.getOptimizer()));
    for (NDArray state : states) {
      assertThrows(IllegalStateException.class, state::toFloatArray);
    }
    assertEquals(0, OptimizerState.release(config.getOptimizer()));
  }

  /** 200 decisions of two batches and two rounds each: nothing stays, neither here nor there. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void evidenceIsFreedWithItsDecision(boolean attached) {
    SpyCollector collector = new SpyCollector(Statistic.GRADIENT, Statistic.INPUT_NORM);
    Recipe recipe = measuring(Curve.cubic(0, 0.9, new Timing(Timing.Unit.STEP, 0, 1_990, 10)), 2);
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, recipe, attached, collector)) {
      train(trainer, 30);
      int modelArrays = model.getNDManager().getManagedArrays().size();
      int trainerArrays = trainer.getManager().getManagedArrays().size();
      train(trainer, 2_200 - 30); // 2 000 steps, 200 of them held back once
      assertEquals(modelArrays, model.getNDManager().getManagedArrays().size());
      assertEquals(trainerArrays, trainer.getManager().getManagedArrays().size());
      assertEquals(400, collector.calls.size());
      assertAllClosed(collector, 4);
    }
  }

  /** The end of training in the middle of a hold, and a decision that fails. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void evidenceOfADecisionThatNeverCameIsFreed(boolean attached) {
    SpyCollector collector = new SpyCollector(Statistic.GRADIENT, Statistic.INPUT_NORM);
    Recipe recipe = measuring(new OneShot(0.9, Timing.Unit.STEP, 1), 3);
    List<NDArray> copies = new ArrayList<>();
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, recipe, attached, collector)) {
      train(trainer, 3);
      copies.addAll(session.keptArrays());
      assertEquals(4, copies.size());
      copies.forEach(NDArray::toFloatArray);
    }
    copies.forEach(array -> assertThrows(IllegalStateException.class, array::toFloatArray));
    assertEquals(0, collector.calls.size());
  }

  private static Recipe measuring(Schedule schedule, int batches) {
    return Recipe.of(
        PruningGroup.builder(schedule)
            .optCriterion(new SpyCriterion(Statistic.GRADIENT, Statistic.INPUT_NORM))
            .optEvidence(new Evidence(batches, 2))
            .build());
  }

  private Trainer trainer(Model model, Recipe recipe, boolean attached, SpyCollector collector) {
    TrainingHooks hooks =
        new TrainingHooks() {
          @Override
          public void trainingBegin(PruningSession begun) {
            session = begun;
          }
        };
    Trainer trainer =
        model.newTrainer(
            TinyTraining.config(
                TinyTraining.config(OptimizerKind.ADAMW),
                recipe,
                attached,
                new EvidenceSetup(Optional.empty(), List.of(collector)),
                hooks));
    trainer.initialize(TinyTraining.inputShape());
    return trainer;
  }

  private static void assertAllClosed(SpyCollector collector, int arraysPerCall) {
    for (Spies.Call call : collector.calls) {
      assertEquals(arraysPerCall, call.arrays().size());
      call.arrays()
          .forEach(array -> assertThrows(IllegalStateException.class, array::toFloatArray));
    }
  }

  private static void train(Trainer trainer, int steps) {
    for (int i = 0; i < steps; i++) {
      try (Batch batch = TinyTraining.batch(trainer.getManager(), i % TinyTraining.BATCHES)) {
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
      }
    }
  }
}
