package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.regularizer.GroupLasso;
import org.espalier.pruning.core.regularizer.Growing;
import org.espalier.pruning.core.regularizer.Hoyer;
import org.espalier.pruning.core.regularizer.HoyerSquare;
import org.espalier.pruning.core.regularizer.L1;
import org.espalier.pruning.core.regularizer.Penalized;
import org.espalier.pruning.core.regularizer.Regularizer;
import org.espalier.pruning.core.regularizer.SparseGroupLasso;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of weights that are trained under a penalty. */
class RegularizedTrainingTest {

  private static final String HIDDEN = "05Linear_weight";

  private final SpyHooks hooks = new SpyHooks();

  private Map<String, float[]> train(int steps, PruningGroup.Builder group, boolean attached) {
    Engine.getInstance().setRandomSeed(3);
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(
                Optimizer.sgd()
                    .setLearningRateTracker(Tracker.fixed(0.05f))
                    .optMomentum(0.9f)
                    .build());
    try (Model model = TinyTraining.model();
        Trainer trainer =
            model.newTrainer(
                TinyTraining.config(
                    config,
                    Recipe.of(group.build()),
                    attached,
                    EvidenceSetup.FROM_TRAINING,
                    hooks))) {
      trainer.initialize(TinyTraining.inputShape());
      int modelArrays = 0;
      int trainerArrays = 0;
      for (int step = 0; step < steps; step++) {
        TinyTraining.step(trainer, step % TinyTraining.BATCHES);
        hooks.session.penalty();
        if (step == 20) {
          modelArrays = model.getNDManager().getManagedArrays().size();
          trainerArrays = trainer.getManager().getManagedArrays().size();
        }
      }
      if (steps > 20) {
        assertEquals(modelArrays, model.getNDManager().getManagedArrays().size());
        assertEquals(trainerArrays, trainer.getManager().getManagedArrays().size());
      }
      return TinyTraining.weights(model.getBlock());
    }
  }

  private static PruningGroup.Builder group(Regularizer... penalties) {
    return PruningGroup.builder(new OneShot(0, Timing.Unit.STEP, 0)).optRegularizers(penalties);
  }

  private static PruningGroup.Builder channels(Regularizer... penalties) {
    return group(penalties).optPattern(SparsityPattern.parse("channel"));
  }

  private static int zeros(Map<String, float[]> weights) {
    int zeros = 0;
    for (float[] values : weights.values()) {
      zeros += values.length - TinyTraining.nonZeros(values);
    }
    return zeros;
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void onlyTheProximalFormOfL1ReachesZero(boolean attached) {
    assertEquals(0, zeros(train(100, group(new L1(false, 0.05)), attached)));
    int zeros = zeros(train(100, group(new L1(true, 0.05)), attached));
    assertTrue(zeros > 706 / 3 && zeros < 706, zeros + " of 706");
  }

  /** Half of the weights are masked at step 3: those are zeros, and no other. */
  @Test
  void masksStayExactBesideAPenalty() {
    PruningGroup.Builder group =
        PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 3))
            .optRegularizers(new L1(false, 0.01), new HoyerSquare(1e-3), new Hoyer(1e-3));
    Map<String, float[]> weights = train(30, group, false);
    // 18 + 320 + 15 of 36 + 640 + 30
    assertEquals(353, zeros(weights));
    hooks
        .session
        .state()
        .masks()
        .forEach((path, mask) -> assertTrue(TinyTraining.holds(mask, weights.get(path)), path));
  }

  /** Rows of the hidden layer vanish as a whole; rows that live have no zero in them. */
  @Test
  void groupLassoRemovesWholeRows() {
    float[] hidden = train(100, channels(new GroupLasso(true, 0.1)), false).get(HIDDEN);
    int gone = 0;
    for (int row = 0; row < 10; row++) {
      int nonZeros = 0;
      for (int i = 0; i < 64; i++) {
        nonZeros += hidden[row * 64 + i] != 0 ? 1 : 0;
      }
      assertTrue(nonZeros == 0 || nonZeros == 64, "row " + row + ": " + nonZeros);
      gone += nonZeros == 0 ? 1 : 0;
    }
    assertTrue(gone > 0 && gone < 10, gone + " rows are gone");
  }

  @Test
  void sparseGroupLassoAlsoThinsOutTheRowsThatLive() {
    float[] hidden = train(100, channels(new SparseGroupLasso(true, 0.02, 0.5)), false).get(HIDDEN);
    int partly = 0;
    for (int row = 0; row < 10; row++) {
      int nonZeros = 0;
      for (int i = 0; i < 64; i++) {
        nonZeros += hidden[row * 64 + i] != 0 ? 1 : 0;
      }
      partly += nonZeros > 0 && nonZeros < 64 ? 1 : 0;
    }
    assertTrue(partly > 0);
  }

  /** DeepHoyer sharpens: Hoyer's measure of the hidden layer is above that of plain training. */
  @Test
  void hoyerSquareMakesSparseAndNotSmall() {
    float[] plain = train(100, group(), false).get(HIDDEN);
    float[] sharpened = train(100, group(new HoyerSquare(3e-3)), false).get(HIDDEN);
    assertTrue(Hoyer.sparseness(sharpened) > Hoyer.sparseness(plain) + 0.1);
  }

  /** Half of the rows are driven towards 0, the others are not. */
  @Test
  void growingRegularizationPartsTheRows() {
    float[] hidden = train(150, channels(new Growing(0, 0.02, 2, 1, 0.5)), false).get(HIDDEN);
    double[] sizes = new double[10];
    for (int i = 0; i < hidden.length; i++) {
      sizes[i / 64] += Math.abs(hidden[i]);
    }
    Arrays.sort(sizes);
    assertTrue(sizes[4] < 0.1 * sizes[5], sizes[4] + " and " + sizes[5]);
  }

  /** The sum over regularizers, tensors and groups, of the weights after the last step. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void thePenaltyIsThatOfTheWeightsNow(boolean attached) {
    Regularizer[] penalties = {new L1(true, 0.01), new GroupLasso(false, 0.02)};
    Map<String, float[]> weights = train(5, channels(penalties), attached);
    double expected = 0;
    for (Map.Entry<String, float[]> entry : weights.entrySet()) {
      int rows =
          entry.getKey().equals("01Conv2d_weight") ? 4 : entry.getKey().equals(HIDDEN) ? 10 : 3;
      float[] w = entry.getValue();
      Penalized tensor =
          new Penalized(
              entry.getKey(),
              new int[] {rows, w.length / rows},
              w,
              SparsityPattern.parse("channel"),
              TrainingTime.START);
      for (Regularizer penalty : penalties) {
        expected += penalty.value(List.of(tensor));
      }
    }
    assertEquals(expected, hooks.session.penalty(), 1e-9);
    assertTrue(expected > 0);
  }

  /** Hundreds of steps of every way to edit leave no array behind (asserted in train). */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void noArrayIsLeftBehind(boolean attached) {
    train(500, group(new L1(false, 1e-4), new L1(true, 1e-4)), attached);
    assertEquals(500, hooks.session.state().time().step());
  }
}
