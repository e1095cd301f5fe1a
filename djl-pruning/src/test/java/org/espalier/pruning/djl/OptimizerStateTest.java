package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import java.util.HashMap;
import java.util.Map;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerStateTest {

  /** Looks at the state just after the decision of step 6, before the optimizer uses it. */
  private static final class Spy implements TrainingHooks {

    private final TrainingConfig config;
    private long pruned;
    private long clear;
    private long otherNonZeros;

    Spy(TrainingConfig config) {
      this.config = config;
    }

    @Override
    public void beforeOptimizerStep(PruningSession session) {
      if (session.state().time().step() != 6) {
        return;
      }
      Map<String, Mask> byId = new HashMap<>();
      session
          .trainer()
          .getModel()
          .getBlock()
          .getParameters()
          .forEach(
              pair ->
                  byId.put(pair.getValue().getId(), session.state().masks().get(pair.getKey())));
      OptimizerState.forEach(
          config.getOptimizer(),
          (id, array) -> {
            Mask mask = byId.get(id);
            float[] values = array.toFloatArray();
            for (int i = 0; i < values.length; i++) {
              if (mask != null && !mask.isKept(i)) {
                pruned++;
                clear += values[i] == 0f ? 1 : 0;
              } else if (values[i] != 0f) {
                otherNonZeros++;
              }
            }
          });
    }
  }

  @ParameterizedTest(name = "{0}, attached: {1}")
  @CsvSource({"SGD, false", "SGD, true", "ADAM, false", "ADAMW, true"})
  void momentumOfPrunedWeightsIsClearedWithTheDecision(OptimizerKind kind, boolean attached) {
    Recipe recipe = Recipe.of(new OneShot(0.9, Timing.Unit.STEP, 6));
    DefaultTrainingConfig plain = TinyTraining.config(kind);
    Spy spy = new Spy(plain);
    TrainingConfig config = plain;
    if (attached) {
      config = Pruning.attach(plain, recipe, PruningState.EMPTY, spy);
    } else {
      plain.addTrainingListeners(
          new PruningListener(recipe) {
            @Override
            public void beforeOptimizerStep(PruningSession session) {
              spy.beforeOptimizerStep(session);
            }
          });
    }
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(TinyTraining.inputShape());
      for (int i = 0; i < 7; i++) {
        try (Batch batch = TinyTraining.batch(trainer.getManager(), i)) {
          EasyTrain.trainBatch(trainer, batch);
        }
        trainer.step();
      }
      int states = kind == OptimizerKind.SGD ? 1 : 2;
      assertEquals(states * (706 - 71), spy.pruned); // 36 + 640 + 30 weights, 4 + 64 + 3 kept
      assertEquals(spy.pruned, spy.clear);
      assertTrue(spy.otherNonZeros > 0);
    }
    OptimizerState.release(plain.getOptimizer());
  }
}
