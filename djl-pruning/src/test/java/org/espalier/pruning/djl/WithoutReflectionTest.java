package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Model;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListenerAdapter;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.Evidence;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.SpyCriterion;
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
    Logger logger = new Logger();
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, kind, recipe, logger)) {
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

  /** Attaches, then puts back the store that DJL made. */
  private static Trainer trainer(Model model, OptimizerKind kind, Recipe recipe, Logger logger)
      throws ReflectiveOperationException {
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
    Trainer trainer = model.newTrainer(Pruning.attach(config, recipe, PruningState.EMPTY, logger));
    store().set(trainer, original.get(0));
    return trainer;
  }

  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void stepsAreHeldBackAsWell(OptimizerKind kind) throws Exception {
    SpyCriterion criterion = new SpyCriterion(Statistic.GRADIENT, Statistic.INITIAL_VALUE);
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 0))
                .optCriterion(criterion)
                .optEvidence(new Evidence(3, 1))
                .build());
    Logger logger = new Logger();
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, kind, recipe, logger)) {
      trainer.initialize(TinyTraining.inputShape());
      Map<String, float[]> initial = TinyTraining.weights(model.getBlock());
      for (int i = 0; i < 4; i++) {
        TinyTraining.step(trainer, i);
        Map<String, float[]> now = TinyTraining.weights(model.getBlock());
        initial.forEach(
            (path, values) ->
                assertEquals(criterion.seen.isEmpty(), Arrays.equals(values, now.get(path)), path));
      }
      assertEquals(2, logger.session.state().time().step());
      for (WeightTensor seen : criterion.seen) {
        assertArrayEquals(initial.get(seen.name()), seen.values());
        assertArrayEquals(initial.get(seen.name()), seen.statistic(Statistic.INITIAL_VALUE));
      }
      assertEquals(3, criterion.seen.size());
    }
    assertEquals(List.of("begin 0", "after 0", "begin 1", "after 1"), log);
  }
}
