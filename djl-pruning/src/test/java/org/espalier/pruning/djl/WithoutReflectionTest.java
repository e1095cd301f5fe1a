package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Model;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListenerAdapter;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The attached form where DJL's parameter store cannot be replaced: the test puts DJL's own store
 * back, so that the wrapped optimizer is all that sees the training.
 */
class WithoutReflectionTest {

  private final List<String> log = new ArrayList<>();

  private final class Logger implements TrainingHooks {

    private PruningSession session;

    @Override
    public void trainingBegin(PruningSession session) {
      this.session = session;
    }

    @Override
    public void stepBegin(PruningSession session) {
      log.add("begin " + session.state().time().step());
    }

    @Override
    public void afterOptimizerStep(PruningSession session) {
      log.add("after " + session.state().time().step());
    }
  }

  private static Field store() throws ReflectiveOperationException {
    Field field = Trainer.class.getDeclaredField("parameterStore");
    field.setAccessible(true);
    return field;
  }

  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void zerosAreExactAndEveryStepIsFound(OptimizerKind kind) throws Exception {
    Recipe recipe = Recipe.of(Curve.cubic(0, 0.9, new Timing(Timing.Unit.STEP, 0, 4, 1)));
    List<Object> original = new ArrayList<>();
    DefaultTrainingConfig config = TinyTraining.config(kind);
    config.addTrainingListeners(
        new TrainingListenerAdapter() {
          @Override
          public void onTrainingBegin(Trainer trainer) {
            try {
              original.add(store().get(trainer));
            } catch (ReflectiveOperationException e) {
              throw new AssertionError(e);
            }
          }
        });
    Logger logger = new Logger();
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(Pruning.attach(config, recipe, PruningState.EMPTY, logger))) {
      store().set(trainer, original.get(0));
      trainer.initialize(TinyTraining.inputShape());
      for (int i = 0; i < 6; i++) {
        try (Batch batch = TinyTraining.batch(trainer.getManager(), i)) {
          EasyTrain.trainBatch(trainer, batch);
        }
        trainer.step();
        long nonZeros =
            TinyTraining.weights(model.getBlock()).values().stream()
                .mapToInt(TinyTraining::nonZeros)
                .sum();
        assertEquals(logger.session.state().keptCount(), nonZeros);
      }
      assertEquals(4 + 64 + 3, logger.session.state().keptCount());
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      expected.addAll(List.of("begin " + i, "after " + i));
    }
    assertEquals(expected, log);
  }
}
