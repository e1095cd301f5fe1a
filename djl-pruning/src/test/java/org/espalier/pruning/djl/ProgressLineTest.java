package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.LoggingTrainingListener;
import ai.djl.training.listener.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.regularizer.L1;
import org.espalier.pruning.core.regularizer.Regularizer;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What DJL's own logging listener prints: its bar on standard output, its lines by slf4j. */
class ProgressLineTest {

  private static final int INFO = 20;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Object logger = LoggerFactory.getLogger(LoggingTrainingListener.class);
  private PrintStream out;
  private PrintStream err;
  private String barIsOff;
  private int level;

  /** slf4j-simple writes to standard error, and its level is fixed when DJL makes the logger. */
  private Field levelField() throws ReflectiveOperationException {
    Field field = logger.getClass().getDeclaredField("currentLogLevel");
    field.setAccessible(true);
    return field;
  }

  @BeforeEach
  void listen() throws Exception {
    out = System.out;
    err = System.err;
    PrintStream recorder = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(recorder);
    System.setErr(recorder);
    barIsOff = System.clearProperty("disableProgressBar");
    level = levelField().getInt(logger);
    levelField().setInt(logger, INFO);
  }

  @AfterEach
  void stopListening() throws Exception {
    levelField().setInt(logger, level);
    if (barIsOff != null) {
      System.setProperty("disableProgressBar", barIsOff);
    }
    System.setOut(out);
    System.setErr(err);
  }

  /** 20 batches of 4; DJL shows new numbers every 5. */
  private Metrics train(boolean attached, Regularizer... regularizers) throws Exception {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.75, Timing.Unit.STEP, 0))
                .optRegularizers(regularizers)
                .build());
    DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
    config.addEvaluator(new Accuracy());
    config.addTrainingListeners(TrainingListener.Defaults.logging());
    Metrics metrics = new Metrics();
    try (NDManager manager = NDManager.newBaseManager();
        Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    config,
                    recipe,
                    attached,
                    EvidenceSetup.FROM_TRAINING,
                    new TrainingHooks() {}))) {
      trainer.setMetrics(metrics);
      trainer.initialize(TinyTraining.inputShape());
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.randomUniform(-1, 1, new Shape(80, 1, 6, 6)))
              .optLabels(manager.arange(80).mod(TinyTraining.CLASSES))
              .setSampling(4, false)
              .build();
      EasyTrain.fit(trainer, 1, data, data);
    }
    return metrics;
  }

  private List<String> lines(String begin) {
    return printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(begin))
        .toList();
  }

  private static String shown(Metrics metrics, String metric, String name) {
    return String.format(
        "%s: %.2f", name, metrics.latestMetric(metric + name).getValue().floatValue());
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void theBarShowsSparsityAndPenalty(boolean attached) throws Exception {
    Metrics metrics = train(attached, new L1(false, 0.5));
    List<String> bar = lines("Training:");
    String last = bar.get(bar.size() - 1);
    String penalty = shown(metrics, "train_progress_", "Penalty");
    assertTrue(last.contains("Sparsity: 0.75, " + penalty + ", ..."), last);
    // 9 of 36, 160 of 640 and 8 of 30 weights are kept, the 7.5 rounded up.
    float sparsity = metrics.latestMetric("train_all_Sparsity").getValue().floatValue();
    assertEquals((float) ((706 - 177) / 706.0), sparsity);
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void withoutRegularizersTheBarHasRoomForTheUsersOwn(boolean attached) throws Exception {
    Metrics metrics = train(attached);
    List<String> bar = lines("Training:");
    String last = bar.get(bar.size() - 1);
    String accuracy = shown(metrics, "train_progress_", "Accuracy");
    assertTrue(last.contains("Sparsity: 0.75, " + accuracy + ", ..."), last);
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void theLinesOfAnEpochShowAll(boolean attached) throws Exception {
    Metrics metrics = train(attached, new L1(false, 0.5));
    for (String stage : List.of("Train", "Validate")) {
      String metric = stage.equals("Train") ? "train_epoch_" : "validate_epoch_";
      List<String> lines = lines(stage + ": ");
      assertEquals(1, lines.size(), lines::toString);
      String expected =
          stage
              + ": Sparsity: 0.75, "
              + shown(metrics, metric, "Penalty")
              + ", "
              + shown(metrics, metric, "Accuracy")
              + ", "
              + shown(metrics, metric, "SoftmaxCrossEntropyLoss");
      assertTrue(lines.get(0).endsWith(expected), lines.get(0));
    }
  }
}
