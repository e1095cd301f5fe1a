package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import java.util.Map;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dynamic network surgery: dead weights go on learning and come back. */
class SurgeryTest {

  /** Holds every toggle of a mask against the stored weights (Guo et al. 2016, equation 3). */
  private static final class Watch extends SpyHooks {

    private Map<String, Mask> before = Map.of();
    private int died;
    private int returned;

    @Override
    public void beforeOptimizerStep(PruningSession session) {
      Map<String, float[]> weights = TinyTraining.weights(session.trainer().getModel().getBlock());
      session
          .state()
          .masks()
          .forEach(
              (path, mask) -> {
                double tau = session.state().notes().get("weights/" + path + "/threshold");
                Mask old = before.getOrDefault(path, Mask.dense(mask.shape()));
                float[] w = weights.get(path);
                for (int i = 0; i < w.length; i++) {
                  double size = Math.abs((double) w[i]);
                  boolean lives = old.isKept(i) ? size > 0.9 * tau : size > 1.1 * tau;
                  assertEquals(lives, mask.isKept(i));
                  died += old.isKept(i) && !lives ? 1 : 0;
                  returned += !old.isKept(i) && lives ? 1 : 0;
                }
              });
      before = session.state().masks();
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void weightsDieAndReturn(boolean attached) {
    Recipe recipe =
        Recipe.parse(
            "{lifecycle: {type: hysteresis, c: 0.5, power: 0},"
                + " forward: {type: straight-through, backward: 0.0}, schedule: {type: observe}}");
    Watch watch = new Watch();
    DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    config, recipe, attached, EvidenceSetup.FROM_TRAINING, watch))) {
      trainer.initialize(TinyTraining.inputShape());
      for (int i = 0; i < 25; i++) {
        TinyTraining.step(trainer, i);
      }
    }
    assertTrue(watch.died > 0);
    assertTrue(watch.returned > 0);
    OptimizerState.release(config.getOptimizer());
  }
}
