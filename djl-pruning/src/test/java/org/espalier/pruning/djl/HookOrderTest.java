package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListenerAdapter;
import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.HookLog;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of the lifecycle, with the forward passes of the network in the same log. */
class HookOrderTest {

  private final Logger logger = new Logger();
  private final List<String> log = logger.log;

  private static final class Logger extends HookLog {

    @Override
    public void trainingBegin(PruningSession session) {
      log.add("training begin");
    }

    @Override
    public void beforeOptimizerStep(PruningSession session) {
      log.add("before optimizer step");
    }

    @Override
    public void afterOptimizerStep(PruningSession session) {
      log.add("after optimizer step");
    }

    @Override
    public void trainingEnd(PruningSession session) {
      log.add("training end");
    }
  }

  private Model model() {
    Model model = Model.newInstance("logged");
    model.setBlock(
        new SequentialBlock()
            .add(TinyTraining.network())
            .add(
                new LambdaBlock(
                    list -> {
                      log.add("forward");
                      return new NDList(list);
                    }))
            .add(Linear.builder().setUnits(3).build()));
    return model;
  }

  private TrainingConfig config(boolean attached, Recipe recipe) {
    DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
    config.addTrainingListeners(
        new TrainingListenerAdapter() {
          @Override
          public void onValidationBatch(Trainer trainer, BatchData batchData) {
            log.add("validation");
          }
        });
    return TinyTraining.config(config, recipe, attached, EvidenceSetup.FROM_TRAINING, logger);
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void easyTrainFiresEveryHookInOrder(boolean attached) throws Exception {
    try (Model model = model()) {
      try (Trainer trainer = model.newTrainer(config(attached, Recipe.oneShot(0.5)))) {
        trainer.initialize(TinyTraining.inputShape());
        log.removeIf("forward"::equals); // shape inference of the lambda
        EasyTrain.fit(trainer, 2, TinyTraining.dataset(() -> {}), TinyTraining.dataset(() -> {}));
      }
    }
    List<String> expected = new ArrayList<>(List.of("training begin"));
    int step = 0;
    for (int epoch = 0; epoch < 2; epoch++) {
      expected.add("epoch begin " + epoch);
      for (int i = 0; i < TinyTraining.BATCHES; i++) {
        expected.add("step begin " + step);
        expected.add("forward");
        expected.add("before optimizer step");
        expected.add("after optimizer step");
        expected.add("step end " + ++step);
      }
      for (int i = 0; i < TinyTraining.BATCHES; i++) {
        expected.addAll(List.of("forward", "validation"));
      }
      expected.add("epoch end " + (epoch + 1));
    }
    expected.add("training end");
    assertEquals(expected, log);
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void accumulationFiresOncePerOptimizerStep(boolean attached) {
    try (Model model = model()) {
      try (Trainer trainer = model.newTrainer(config(attached, Recipe.oneShot(0.5)))) {
        trainer.initialize(TinyTraining.inputShape());
        log.clear();
        for (int step = 0; step < 2; step++) {
          for (int k = 0; k < 3; k++) {
            try (Batch batch = TinyTraining.batch(trainer.getManager(), 9L * step + k);
                GradientCollector collector = trainer.newGradientCollector()) {
              collector.backward(
                  trainer.getLoss().evaluate(batch.getLabels(), trainer.forward(batch.getData())));
            }
          }
          trainer.step();
        }
      }
    }
    assertEquals(
        List.of(
            "epoch begin 0",
            "step begin 0",
            "forward",
            "forward",
            "forward",
            "before optimizer step",
            "after optimizer step",
            "step end 1",
            "step begin 1",
            "forward",
            "forward",
            "forward",
            "before optimizer step",
            "after optimizer step",
            "step end 2",
            "training end"),
        log);
  }

  /** A network that was initialized before and a trainer that is never told to initialize it. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void aTrainerWithoutInitializeStillFiresEveryHook(boolean attached) {
    try (Model model = model()) {
      model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, new Shape(4, 1, 6, 6));
      log.clear();
      try (Trainer trainer = model.newTrainer(config(attached, Recipe.oneShot(0.5)))) {
        for (int step = 0; step < 2; step++) {
          try (Batch batch = TinyTraining.batch(trainer.getManager(), step)) {
            EasyTrain.trainBatch(trainer, batch);
          }
          trainer.step();
        }
      }
    }
    log.removeIf("forward"::equals);
    assertEquals(
        List.of(
            "training begin",
            "epoch begin 0",
            "step begin 0",
            "before optimizer step",
            "after optimizer step",
            "step end 1",
            "step begin 1",
            "before optimizer step",
            "after optimizer step",
            "step end 2",
            "training end"),
        log);
  }

  /** Masks and weights as they were before a decision, as they will be after it. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void decisionsAreFramed(boolean attached) {
    TrainingHooks hooks =
        new TrainingHooks() {
          @Override
          public void stepBegin(PruningSession session) {
            log.add("step begin");
          }

          @Override
          public void beforeDecision(PruningSession session) {
            log.add("before decision " + zeros(session));
          }

          @Override
          public void afterDecision(PruningSession session) {
            log.add("after decision " + zeros(session));
          }

          @Override
          public void beforeOptimizerStep(PruningSession session) {
            log.add("before optimizer step " + zeros(session));
          }

          /** By the masks and by the weights. */
          private String zeros(PruningSession session) {
            long weights =
                TinyTraining.weights(session.trainer().getModel().getBlock()).values().stream()
                    .mapToLong(values -> values.length - TinyTraining.nonZeros(values))
                    .sum();
            return Math.round(session.sparsity() * 706) + " " + weights;
          }
        };
    Recipe recipe = Recipe.of(new OneShot(0.5, Timing.Unit.STEP, 1));
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    TinyTraining.config(OptimizerKind.SGD),
                    recipe,
                    attached,
                    EvidenceSetup.FROM_TRAINING,
                    hooks))) {
      trainer.initialize(TinyTraining.inputShape());
      TinyTraining.step(trainer, 0);
      TinyTraining.step(trainer, 1);
    }
    // Half of 36 + 640 + 30 weights
    assertEquals(
        List.of(
            "step begin",
            "before optimizer step 0 0",
            "step begin",
            "before decision 0 0",
            "after decision 353 353",
            "before optimizer step 353 353"),
        log);
  }
}
