package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the weights back after every step and counts non-zeros with ==. */
class ExactZeroTest {

  enum Form {
    LISTENER,
    ATTACHED
  }

  enum Loop {
    EASY_TRAIN,
    HAND_WRITTEN,
    ACCUMULATING
  }

  private static final int EPOCHS = 3;

  /** 0.9 of conv 36, linear 640 and linear 30: by hand 3.6+.5 -> 4, 64, 3. */
  private static final long KEPT = 4 + 64 + 3;

  /** 0 -> 0.9 over steps 0, 3, 6, 9: pruning goes on while momentum builds up. */
  private static final Recipe RECIPE =
      Recipe.of(Curve.cubic(0, 0.9, new Timing(Timing.Unit.STEP, 0, 9, 3)));

  static Stream<Arguments> combinations() {
    return Stream.of(OptimizerKind.values())
        .flatMap(
            kind ->
                Stream.of(Form.values())
                    .flatMap(
                        form ->
                            Stream.of(Loop.values()).map(loop -> Arguments.of(kind, form, loop))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("combinations")
  void prunedWeightsAreZeroAfterEveryStep(OptimizerKind kind, Form form, Loop loop)
      throws Exception {
    run(kind, form, loop);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("combinations")
  void onAnotherThreadThanTheOneThatLoadedTheEngine(OptimizerKind kind, Form form, Loop loop)
      throws Exception {
    ai.djl.engine.Engine.getInstance();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      executor
          .submit(
              () -> {
                run(kind, form, loop);
                return null;
              })
          .get();
    } finally {
      executor.shutdown();
    }
  }

  private static void run(OptimizerKind kind, Form form, Loop loop) throws Exception {
    try (Model model = TinyTraining.model()) {
      StateKeeper hooks = new StateKeeper();
      DefaultTrainingConfig config = TinyTraining.config(kind);
      TrainingConfig effective = config;
      Supplier<PruningState> state;
      if (form == Form.LISTENER) {
        PruningListener listener = new PruningListener(RECIPE);
        config.addTrainingListeners(listener);
        state = listener::state;
      } else {
        effective = Pruning.attach(config, RECIPE, PruningState.EMPTY, hooks);
        state = hooks::state;
      }
      Checker checker = new Checker(model, state);
      try (Trainer trainer = model.newTrainer(effective)) {
        trainer.initialize(TinyTraining.inputShape());
        switch (loop) {
          case EASY_TRAIN -> EasyTrain.fit(trainer, EPOCHS, TinyTraining.dataset(checker), null);
          case HAND_WRITTEN -> train(trainer, 1, checker);
          case ACCUMULATING -> train(trainer, 3, checker);
          default -> throw new AssertionError(loop);
        }
      }
      assertEquals(EPOCHS * TinyTraining.BATCHES, checker.steps);
      assertEquals(KEPT, checker.lastNonZeros);
      assertEquals(KEPT, state.get().keptCount());
      assertEquals(36 + 640 + 30, state.get().elements());
    }
  }

  private static void train(Trainer trainer, int backwardPasses, Runnable afterStep) {
    for (int step = 0; step < EPOCHS * TinyTraining.BATCHES; step++) {
      for (int k = 0; k < backwardPasses; k++) {
        try (Batch batch = TinyTraining.batch(trainer.getManager(), 31L * step + k)) {
          if (backwardPasses == 1) {
            EasyTrain.trainBatch(trainer, batch);
          } else {
            try (GradientCollector collector = trainer.newGradientCollector()) {
              collector.backward(
                  trainer.getLoss().evaluate(batch.getLabels(), trainer.forward(batch.getData())));
            }
          }
        }
      }
      trainer.step();
      afterStep.run();
    }
  }

  @Test
  void everyStepOfTheScheduleKeepsItsExactCount() throws Exception {
    // s(0)=0, s(3)=.9(1-(2/3)^3)=.6333.., s(6)=.9(1-1/27)=.8666.., s(9)=.9, of 36+640+30 weights
    long[] expected = {706, 706, 706, 13 + 235 + 11, 13 + 235 + 11, 13 + 235 + 11, 5 + 85 + 4};
    try (Model model = TinyTraining.model()) {
      PruningListener listener = new PruningListener(RECIPE);
      DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
      config.addTrainingListeners(listener);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(TinyTraining.inputShape());
        for (long count : expected) {
          try (Batch batch = TinyTraining.batch(trainer.getManager(), 7)) {
            EasyTrain.trainBatch(trainer, batch);
          }
          trainer.step();
          assertEquals(count, listener.state().keptCount());
        }
      }
    }
  }

  private static final class StateKeeper implements TrainingHooks {

    private PruningSession session;

    @Override
    public void trainingBegin(PruningSession session) {
      this.session = session;
    }

    PruningState state() {
      return session.state();
    }
  }

  /** Runs after every step. */
  private static final class Checker implements Runnable {

    private final Model model;
    private final Supplier<PruningState> state;
    private int steps;
    private long lastNonZeros;

    Checker(Model model, Supplier<PruningState> state) {
      this.model = model;
      this.state = state;
    }

    @Override
    public void run() {
      steps++;
      assertEquals(steps, state.get().time().step());
      assertEquals(3, state.get().masks().size());
      lastNonZeros = 0;
      TinyTraining.weights(model.getBlock())
          .forEach(
              (path, values) -> {
                var mask = state.get().masks().get(path);
                assertTrue(TinyTraining.holds(mask, values), path + " at step " + steps);
                assertEquals(mask.keptCount(), TinyTraining.nonZeros(values), path);
                lastNonZeros += TinyTraining.nonZeros(values);
              });
    }
  }
}
