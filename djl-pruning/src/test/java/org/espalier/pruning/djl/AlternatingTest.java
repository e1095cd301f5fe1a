package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import java.util.HashMap;
import java.util.Map;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dense-sparse-dense, iterative hard thresholding and AC/DC in a training. */
class AlternatingTest {

  /** Non-zeros after each step, and what a release finds. */
  private static final class Watch extends SpyHooks {

    private final StringBuilder phases = new StringBuilder();
    private final DefaultTrainingConfig config;
    private Map<String, Mask> before = Map.of();
    private int released;

    Watch(DefaultTrainingConfig config) {
      this.config = config;
    }

    @Override
    public void beforeOptimizerStep(PruningSession session) {
      Map<String, Mask> masks = session.state().masks();
      Map<String, String> paths = new HashMap<>();
      session
          .trainer()
          .getModel()
          .getBlock()
          .getParameters()
          .forEach(pair -> paths.put(pair.getValue().getId(), pair.getKey()));
      Map<String, float[]> weights = TinyTraining.weights(session.trainer().getModel().getBlock());
      before.forEach(
          (path, old) -> {
            Mask born = masks.get(path).minus(old);
            released += born.keptCount();
            requireZero(born, weights.get(path));
            OptimizerState.forEach(
                config.getOptimizer(),
                (id, array) -> {
                  if (path.equals(paths.get(id))) {
                    requireZero(born, array.toFloatArray());
                  }
                });
          });
      before = masks;
    }

    private static void requireZero(Mask born, float[] numbers) {
      for (int i = 0; i < numbers.length; i++) {
        assertTrue(!born.isKept(i) || numbers[i] == 0f);
      }
    }

    @Override
    public void afterOptimizerStep(PruningSession session) {
      Map<String, float[]> weights = TinyTraining.weights(session.trainer().getModel().getBlock());
      int nonZeros = weights.values().stream().mapToInt(TinyTraining::nonZeros).sum();
      // Released weights move unless their gradient is 0.
      boolean sparse = session.state().keptCount() == 353 && nonZeros == 353;
      boolean free = session.state().masks().isEmpty() || session.state().keptCount() == 706;
      phases.append(sparse ? 's' : free && nonZeros > 400 ? 'd' : '?');
    }
  }

  /** Half of 36 + 640 + 30 weights; each release frees 353. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "'begin: 2, sparse: 4, dense: 1, end: 6, last: dense', SGD, true, ddssssdddddd, 1",
    "'begin: 0, sparse: 3, dense: 2, end: 9', ADAM, false, sssddsssdsss, 2",
    "'begin: 3, sparse: 2, dense: 2, end: 9, last: sparse', SGD, false, dddssddsssss, 1",
  })
  void phasesFollowEachOther(
      String keys, OptimizerKind kind, boolean attached, String phases, int releases) {
    Recipe recipe =
        Recipe.parse(
            "{lifecycle: reselect, schedule: {type: alternate, target: 0.5, %s}}".formatted(keys));
    DefaultTrainingConfig config = TinyTraining.config(kind);
    Watch watch = new Watch(config);
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    config, recipe, attached, EvidenceSetup.FROM_TRAINING, watch))) {
      trainer.initialize(TinyTraining.inputShape());
      for (int i = 0; i < phases.length(); i++) {
        TinyTraining.step(trainer, i);
      }
    }
    assertEquals(phases, watch.phases.toString());
    assertEquals(353 * releases, watch.released);
    OptimizerState.release(config.getOptimizer());
  }
}
