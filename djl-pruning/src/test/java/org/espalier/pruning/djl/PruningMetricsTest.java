package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.regularizer.L1;
import org.espalier.pruning.core.regularizer.Penalized;
import org.espalier.pruning.core.regularizer.Regularizer;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PruningMetricsTest {

  private static final int EPOCHS = 3;
  private static final int STEPS = EPOCHS * TinyTraining.BATCHES;

  private static double absoluteSum(float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += Math.abs((double) weight);
    }
    return sum;
  }

  private static double absoluteSum(Model model) {
    return TinyTraining.weights(model.getBlock()).values().stream()
        .mapToDouble(PruningMetricsTest::absoluteSum)
        .sum();
  }

  /** Writes down at every step what the metrics should be told. */
  private static final class Oracle implements TrainingHooks {

    private final List<Double> sparsities = new ArrayList<>();
    private final List<Double> penalties = new ArrayList<>();

    @Override
    public void afterOptimizerStep(PruningSession session) {
      int zeros = 0;
      int weights = 0;
      for (float[] values :
          TinyTraining.weights(session.trainer().getModel().getBlock()).values()) {
        zeros += values.length - TinyTraining.nonZeros(values);
        weights += values.length;
      }
      sparsities.add((double) zeros / weights);
      if (session.state().time().step() % 10 == 0) {
        // 0.5 and 0.25 of the sum of absolute weights
        penalties.add(0.75 * absoluteSum(session.trainer().getModel()));
      }
    }
  }

  /** Prunes half at step 3. */
  private static Recipe recipe(Regularizer... regularizers) {
    return Recipe.of(
        PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 3))
            .optRegularizers(regularizers)
            .build());
  }

  private static Regularizer[] two() {
    return new Regularizer[] {new L1(false, 0.5), new L1(false, 0.25)};
  }

  private static Metrics train(Model model, Recipe recipe, boolean attached, TrainingHooks hooks)
      throws Exception {
    Engine.getInstance().setRandomSeed(5);
    DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
    config.addEvaluator(new Accuracy());
    config.addTrainingListeners(TrainingListener.Defaults.basic());
    Metrics metrics = new Metrics();
    try (Trainer trainer =
        model.newTrainer(
            TinyTraining.config(config, recipe, attached, EvidenceSetup.FROM_TRAINING, hooks))) {
      trainer.setMetrics(metrics);
      trainer.initialize(TinyTraining.inputShape());
      EasyTrain.fit(
          trainer, EPOCHS, TinyTraining.dataset(() -> {}), TinyTraining.dataset(() -> {}));
    }
    return metrics;
  }

  private static List<Double> values(Metrics metrics, String name) {
    return metrics.getMetric(name).stream().map(Metric::getValue).toList();
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void everyStepHasItsSparsityAndEveryTenthItsPenalty(boolean attached) throws Exception {
    Oracle oracle = new Oracle();
    try (Model model = TinyTraining.model()) {
      Metrics metrics = train(model, recipe(two()), attached, oracle);
      assertEquals(STEPS, oracle.sparsities.size());
      assertEquals(List.of(0.0, 0.0, 0.0), oracle.sparsities.subList(0, 3));
      assertEquals(oracle.sparsities, values(metrics, PruningMetrics.SPARSITY));
      List<Double> penalties = values(metrics, PruningMetrics.PENALTY);
      assertEquals(2, penalties.size()); // after steps 0 and 10 of 15
      for (int i = 0; i < 2; i++) {
        assertEquals(oracle.penalties.get(i), penalties.get(i), 1e-9);
      }
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void everyEpochHasBoth(boolean attached) throws Exception {
    try (Model model = TinyTraining.model()) {
      Metrics metrics = train(model, recipe(two()), attached, new TrainingHooks() {});
      // 0.5 of 36, 640 and 30 weights, each for itself
      List<Double> half = Collections.nCopies(EPOCHS, 0.5);
      assertEquals(half, values(metrics, "train_epoch_Sparsity"));
      assertEquals(half, values(metrics, "validate_epoch_Sparsity"));
      List<Double> penalties = values(metrics, "train_epoch_Penalty");
      assertEquals(EPOCHS, penalties.size());
      assertEquals(0.75 * absoluteSum(model), penalties.get(EPOCHS - 1), 1e-4); // a float
      assertEquals(penalties, values(metrics, "validate_epoch_Penalty"));
    }
  }

  /** Charges a lot and changes no gradient. */
  private record Toll(double value) implements Regularizer {

    @Override
    public String type() {
      return "toll";
    }

    @Override
    public double value(List<Penalized> group) {
      return value;
    }

    @Override
    public void addGradients(List<Penalized> group, List<float[]> gradients) {}
  }

  /** What charges without a gradient leaves the weights alone, so the loss must be the same. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void theLossIsThatOfTheDataAlone(boolean attached) throws Exception {
    try (Model penalized = TinyTraining.model();
        Model plain = TinyTraining.model()) {
      Metrics with = train(penalized, recipe(new Toll(1000)), attached, new TrainingHooks() {});
      Metrics without = train(plain, recipe(), attached, new TrainingHooks() {});
      for (String name : List.of("SoftmaxCrossEntropyLoss", "Accuracy")) {
        for (String stage : List.of("train_epoch_", "train_all_", "validate_epoch_")) {
          assertEquals(values(without, stage + name), values(with, stage + name));
        }
      }
      assertEquals(List.of(1000.0, 1000.0), values(with, PruningMetrics.PENALTY));
      assertFalse(without.hasMetric(PruningMetrics.PENALTY));
      assertFalse(without.hasMetric("train_epoch_Penalty"));
      assertTrue(without.hasMetric("train_epoch_Sparsity"));
    }
  }

  @ParameterizedTest(name = "attached: {0}, DJL''s listeners first: {1}")
  @CsvSource({"false, false", "false, true", "true, true"})
  void withoutMetricsNothingHappens(boolean attached, boolean first) throws Exception {
    DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
    config.addEvaluator(new Accuracy());
    if (first) {
      config.addTrainingListeners(TrainingListener.Defaults.basic());
    }
    var pruning =
        TinyTraining.config(
            config, recipe(two()), attached, EvidenceSetup.FROM_TRAINING, new TrainingHooks() {});
    if (!first) {
      config.addTrainingListeners(TrainingListener.Defaults.basic());
    }
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(pruning)) {
      trainer.initialize(TinyTraining.inputShape());
      EasyTrain.fit(trainer, 1, TinyTraining.dataset(() -> {}), TinyTraining.dataset(() -> {}));
      assertEquals(
          List.of("Sparsity", "Penalty", "Accuracy", "SoftmaxCrossEntropyLoss"),
          trainer.getEvaluators().stream().map(Evaluator::getName).toList());
      assertEquals(0.5f, trainer.getTrainingResult().getTrainEvaluation("Sparsity"));
      assertEquals(0.5f, trainer.getTrainingResult().getValidateEvaluation("Sparsity"));
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void anotherListenerMayTakeTheEvaluatorsAway(boolean attached) throws Exception {
    DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    config,
                    recipe(two()),
                    attached,
                    EvidenceSetup.FROM_TRAINING,
                    new TrainingHooks() {}))) {
      String[] ours = {PruningMetrics.SPARSITY_EVALUATOR, PruningMetrics.PENALTY_EVALUATOR};
      trainer.getEvaluators().removeIf(e -> Arrays.asList(ours).contains(e.getName()));
      trainer.setMetrics(new Metrics());
      trainer.initialize(TinyTraining.inputShape());
      TinyTraining.step(trainer, 1);
      assertEquals(List.of(0.0), values(trainer.getMetrics(), PruningMetrics.SPARSITY));
    }
  }
}
