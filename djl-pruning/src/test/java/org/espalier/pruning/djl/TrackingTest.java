package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.espalier.pruning.core.Evidence;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Criteria that watch every step. */
class TrackingTest {

  private static final String HIDDEN = "05Linear_weight";

  /** Adds up -rate w g, as movement does; remembers what it was shown. */
  private static final class Movement implements TrackingCriterion {

    private final Set<Statistic> needs;
    private final List<Double> rates = new ArrayList<>();
    private final List<double[]> scored = new ArrayList<>();

    Movement(Statistic... needs) {
      this.needs = Set.of(needs);
    }

    @Override
    public String type() {
      return "movement-spy";
    }

    @Override
    public Set<Statistic> needs() {
      return needs;
    }

    @Override
    public double[] track(double[] soFar, WeightTensor tensor, double learningRate) {
      if (tensor.name().equals(HIDDEN)) {
        rates.add(learningRate);
      }
      for (int i = 0; i < soFar.length; i++) {
        soFar[i] -= learningRate * tensor.values()[i] * tensor.gradients()[i];
      }
      return soFar;
    }

    @Override
    public Scores score(WeightTensor tensor) {
      if (tensor.name().equals(HIDDEN)) {
        scored.add(tensor.track().clone());
      }
      return Scores.of(tensor.track());
    }
  }

  private static Recipe recipe(Movement movement, int batches) {
    return Recipe.of(
        PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 2))
            .optCriterion(movement)
            .optEvidence(new Evidence(batches, 1))
            .build());
  }

  /** The rate changes at every step; plain SGD shows which one was used. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void everyStepIsSeenBeforeItsDecision(boolean attached) {
    Movement movement = new Movement();
    SpyHooks hooks = new SpyHooks();
    Tracker rate =
        WarmUpTracker.builder()
            .setMainTracker(Tracker.fixed(0.4f))
            .optWarmUpBeginValue(0.1f)
            .optWarmUpSteps(3)
            .build();
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(Optimizer.sgd().setLearningRateTracker(rate).build());
    double[] expected = new double[640];
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    config, recipe(movement, 1), attached, EvidenceSetup.FROM_TRAINING, hooks))) {
      trainer.initialize(TinyTraining.inputShape());
      for (int step = 0; step < 5; step++) {
        float[] before = TinyTraining.weights(model.getBlock()).get(HIDDEN);
        TinyTraining.backward(trainer, step);
        float[] gradient = TinyTraining.gradients(model.getBlock()).get(HIDDEN);
        trainer.step();
        float[] after = TinyTraining.weights(model.getBlock()).get(HIDDEN);
        int largest = largest(gradient, after);
        double used = (before[largest] - after[largest]) / gradient[largest];
        assertEquals(step + 1, movement.rates.size());
        assertEquals(used, movement.rates.get(step), 2e-3 * used);
        for (int i = 0; i < 640; i++) {
          expected[i] -= movement.rates.get(step) * before[i] * gradient[i];
        }
        if (step == 2) {
          assertArrayEquals(expected, movement.scored.get(0));
        }
        assertArrayEquals(expected, hooks.session.tracks().get(HIDDEN + "/movement-spy"));
      }
    }
    assertEquals(1, movement.scored.size());
    assertTrue(movement.rates.get(0) < movement.rates.get(2));
  }

  private static int largest(float[] gradient, float[] after) {
    int best = -1;
    for (int i = 0; i < gradient.length; i++) {
      if (after[i] != 0f && (best < 0 || Math.abs(gradient[i]) > Math.abs(gradient[best]))) {
        best = i;
      }
    }
    return best;
  }

  /** Held steps are no optimizer steps: they are not tracked. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void heldStepsAreNotTracked(boolean attached) {
    Movement movement = new Movement(Statistic.GRADIENT);
    SpyHooks hooks = new SpyHooks();
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    TinyTraining.config(OptimizerKind.SGD),
                    recipe(movement, 3),
                    attached,
                    EvidenceSetup.FROM_TRAINING,
                    hooks))) {
      trainer.initialize(TinyTraining.inputShape());
      for (int i = 0; i < 6; i++) {
        TinyTraining.step(trainer, i);
      }
      assertEquals(4, hooks.session.state().time().step());
      assertEquals(4, movement.rates.size());
    }
  }

  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void theRateOfEveryOptimizerThatWorksOnPyTorch(OptimizerKind kind) {
    Optimizer optimizer = kind.create();
    float expected = kind == OptimizerKind.SGD ? 0.05f : 0.01f;
    assertEquals(expected, new LearningRate(optimizer).next("anything"));
    assertEquals(expected, new LearningRate(new MaskingOptimizer(optimizer)).next("anything"));
  }

  /** An optimizer without learning rate tracker. */
  private static final class Homemade extends Optimizer {

    Homemade() {
      super(Optimizer.adam());
    }

    @Override
    public void update(String parameterId, NDArray weight, NDArray grad) {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void anOptimizerWhoseRateCannotBeReadIsRefusedAtOnce(boolean attached) {
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(new Homemade());
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    config,
                    recipe(new Movement(), 1),
                    attached,
                    EvidenceSetup.FROM_TRAINING,
                    new SpyHooks()))) {
      InvalidInputException error =
          assertThrows(
              InvalidInputException.class, () -> trainer.initialize(TinyTraining.inputShape()));
      assertEquals("optimizer", error.place());
      assertEquals(
          "train with Sgd, Adam or AdamW, or choose components that go without", error.remedy());
    }
  }
}
