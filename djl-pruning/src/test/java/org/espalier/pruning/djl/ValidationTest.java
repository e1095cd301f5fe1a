package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Model;
import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.listener.EvaluatorTrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.Validation;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Situation;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules see the losses of validation, wherever the listener stands in the list. */
class ValidationTest {

  private static final EvidenceSetup EVIDENCE = EvidenceSetup.FROM_TRAINING;

  /** Remembers what it was told at the begin of each epoch. */
  private static final class SpySchedule implements Schedule {

    private final List<Validation> seen = new ArrayList<>();

    @Override
    public String type() {
      return "spy";
    }

    @Override
    public Timing timing() {
      return new Timing(Timing.Unit.EPOCH, 0, Timing.OPEN, 1);
    }

    @Override
    public double target() {
      return 0.5;
    }

    @Override
    public double sparsityAt(long count) {
      return 0.5;
    }

    @Override
    public Demand demandAt(Situation situation) {
      seen.add(situation.validation());
      return new Demand.Sparsity(0.5);
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of();
    }
  }

  @ParameterizedTest(name = "attached: {0}, DJL''s evaluator first: {1}")
  @CsvSource({"false, false", "false, true", "true, true"})
  void everyDecisionSeesTheLossThatDjlReports(boolean attached, boolean evaluatorFirst)
      throws Exception {
    SpySchedule schedule = new SpySchedule();
    SpyHooks hooks = new SpyHooks();
    DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
    if (evaluatorFirst) {
      config.addTrainingListeners(new EvaluatorTrainingListener());
    }
    var pruning = TinyTraining.config(config, Recipe.of(schedule), attached, EVIDENCE, hooks);
    if (!evaluatorFirst) {
      config.addTrainingListeners(new EvaluatorTrainingListener());
    }
    Metrics metrics = new Metrics();
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(pruning)) {
      trainer.setMetrics(metrics);
      trainer.initialize(TinyTraining.inputShape());
      EasyTrain.fit(trainer, 3, TinyTraining.dataset(() -> {}), TinyTraining.dataset(() -> {}));
    }
    double[] losses =
        metrics.getMetric("validate_epoch_SoftmaxCrossEntropyLoss").stream()
            .mapToDouble(Metric::getValue)
            .toArray();
    assertEquals(3, losses.length);
    assertEquals(3, schedule.seen.size());
    assertEquals(Validation.NONE, schedule.seen.get(0));
    for (int epoch = 1; epoch < 3; epoch++) {
      assertEquals(losses[epoch - 1], schedule.seen.get(epoch).latest(), 1e-6);
    }
    assertEquals(losses[2], hooks.session.state().validation().latest(), 1e-6);
    double best = Math.min(losses[0], Math.min(losses[1], losses[2]));
    assertEquals(best, hooks.session.state().validation().best(), 1e-6);
  }

  /** No listener of DJL's, and no validation in the second epoch. */
  @ParameterizedTest(name = "attached: {0}")
  @CsvSource({"false", "true"})
  void anEpochWithoutValidationAddsNothing(boolean attached) throws Exception {
    SpyHooks hooks = new SpyHooks();
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    TinyTraining.config(OptimizerKind.SGD),
                    Recipe.oneShot(0.5),
                    attached,
                    EVIDENCE,
                    hooks))) {
      trainer.initialize(TinyTraining.inputShape());
      EasyTrain.fit(trainer, 1, TinyTraining.dataset(() -> {}), TinyTraining.dataset(() -> {}));
      Validation first = hooks.session.state().validation();
      assertEquals(first.best(), first.latest());
      EasyTrain.fit(trainer, 1, TinyTraining.dataset(() -> {}), null);
      assertEquals(2, hooks.session.state().time().epoch());
      assertEquals(first, hooks.session.state().validation());
    }
  }

  @Test
  void aTrainingWithoutValidationHasNone() {
    assertEquals(0, PruningState.EMPTY.validation().generalizationLoss());
  }
}
