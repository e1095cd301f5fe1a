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
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {

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

  private static void train(Trainer trainer, int steps) {
    for (int i = 0; i < steps; i++) {
      try (Batch batch = TinyTraining.batch(trainer.getManager(), i % TinyTraining.BATCHES)) {
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
      }
    }
  }
}
