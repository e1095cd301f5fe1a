package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.regularizer.L2;
import org.espalier.pruning.core.regularizer.Regularizer;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.core.update.Centripetal;
import org.espalier.pruning.core.update.Langevin;
import org.espalier.pruning.core.update.SoftFilters;
import org.espalier.pruning.core.update.SparseMomentum;
import org.espalier.pruning.core.update.StepContext;
import org.espalier.pruning.core.update.StepTensor;
import org.espalier.pruning.core.update.UpdateRule;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Update rules around DJL's Sgd. */
class UpdateRulesInTrainingTest {

  private static final float RATE = 0.05f;

  private final SpyHooks hooks = new SpyHooks();

  private Trainer trainer(
      Model model,
      UpdateRule rule,
      OneShot schedule,
      boolean attached,
      Optimizer optimizer,
      Regularizer... penalties) {
    Engine.getInstance().setRandomSeed(3);
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(schedule).optUpdate(rule).optRegularizers(penalties).build());
    Trainer trainer =
        model.newTrainer(
            TinyTraining.config(
                new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer),
                recipe,
                attached,
                EvidenceSetup.FROM_TRAINING,
                hooks));
    trainer.initialize(TinyTraining.inputShape());
    return trainer;
  }

  private static Optimizer sgd(float momentum, float decay) {
    return Optimizer.sgd()
        .setLearningRateTracker(Tracker.fixed(RATE))
        .optMomentum(momentum)
        .optWeightDecays(decay)
        .build();
  }

  /**
   * A weight that was never active has followed z = β z + rate decay w, w = w - z: w_k = c_k w_0
   * with the same c_k for all, whether the optimizer or a regularizer brings the decay.
   */
  @ParameterizedTest(name = "attached: {0}, decay of the optimizer: {1}")
  @CsvSource({"false, true", "true, true", "false, false", "true, false"})
  void passiveWeightsDecayByTheRecursion(boolean attached, boolean ofOptimizer) {
    double decay = 0.2;
    Optimizer optimizer = sgd(0.9f, ofOptimizer ? (float) decay : 0);
    Regularizer[] penalties =
        ofOptimizer ? new Regularizer[0] : new Regularizer[] {new L2(L2.Form.COUPLED, decay)};
    OneShot never = new OneShot(0.5, Timing.Unit.STEP, 1_000_000);
    try (Model model = TinyTraining.model();
        Trainer trainer =
            trainer(model, new SparseMomentum(0.97), never, attached, optimizer, penalties)) {
      Map<String, float[]> start = TinyTraining.weights(model.getBlock());
      Map<String, boolean[]> wasActive = new TreeMap<>();
      start.forEach((path, w) -> wasActive.put(path, new boolean[w.length]));
      double factor = 1;
      double momentum = 0;
      for (int step = 0; step < 12; step++) {
        TinyTraining.backward(trainer, step);
        markActive(model, wasActive);
        trainer.step();
        momentum = 0.9 * momentum + RATE * decay * factor;
        factor -= momentum;
      }
      Map<String, float[]> end = TinyTraining.weights(model.getBlock());
      int passive = 0;
      for (String path : start.keySet()) {
        for (int i = 0; i < wasActive.get(path).length; i++) {
          float w = start.get(path)[i];
          if (!wasActive.get(path)[i]) {
            passive++;
            assertEquals(factor * w, end.get(path)[i], 1e-5 * Math.abs(w) + 1e-9, path);
          }
        }
      }
      assertTrue(passive > 500 && passive < 706, passive + " of 706");
      assertTrue(factor < 0.6, "12 steps of decay leave " + factor);
    }
  }

  /** The 21 largest |g w| of 706: floor(0.03 * 706 + 0.5), by a sort. */
  private static void markActive(Model model, Map<String, boolean[]> active) {
    record Entry(float score, String path, int at) {}

    List<Entry> all = new ArrayList<>();
    Map<String, float[]> gradients = TinyTraining.gradients(model.getBlock());
    TinyTraining.weights(model.getBlock())
        .forEach(
            (path, w) -> {
              for (int i = 0; i < w.length; i++) {
                all.add(new Entry(Math.abs(w[i] * gradients.get(path)[i]), path, i));
              }
            });
    all.sort((a, b) -> Float.compare(b.score(), a.score()));
    all.subList(0, 21).forEach(entry -> active.get(entry.path())[entry.at()] = true);
  }

  /** Sgd's step, then the rule itself with the values of the begin; signs hold, masks too. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void langevinFollowsTheUpdate(boolean attached) {
    Langevin rule = new Langevin(1e-3);
    OneShot schedule = new OneShot(0.5, Timing.Unit.STEP, 2);
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, rule, schedule, attached, sgd(0, 0))) {
      Map<String, float[]> initial = new HashMap<>(TinyTraining.weights(model.getBlock()));
      int clamped = 0;
      for (int step = 0; step < 6; step++) {
        TinyTraining.backward(trainer, step);
        Map<String, float[]> before = TinyTraining.weights(model.getBlock());
        Map<String, float[]> gradients = TinyTraining.gradients(model.getBlock());
        trainer.step();
        Map<String, float[]> after = TinyTraining.weights(model.getBlock());
        for (String path : before.keySet()) {
          float[] expected = before.get(path).clone();
          for (int i = 0; i < expected.length; i++) {
            expected[i] -= RATE * gradients.get(path)[i];
          }
          TensorInfo info = new TensorInfo(path, new int[] {expected.length}, true);
          Mask mask = hooks.session.state().masks().get(path);
          boolean dense = mask == null;
          Mask flat =
              dense ? Mask.dense(expected.length) : Mask.ofBytes(mask.toBytes(), expected.length);
          rule.editWeights(
              new StepTensor(info, flat, expected, new float[0], initial.get(path), RATE),
              new StepContext(new TrainingTime(step, 0, step == 0), Recipe.DEFAULT_SEED));
          flat.applyTo(expected);
          assertArrayEquals(expected, after.get(path), 1e-6f, path + " at step " + step);
          for (int i = 0; i < expected.length; i++) {
            assertTrue(after.get(path)[i] * initial.get(path)[i] >= 0);
            clamped += flat.isKept(i) && after.get(path)[i] == 0 ? 1 : 0;
          }
        }
      }
      assertTrue(clamped > 0);
      assertArrayEquals(
          initial.get("07Linear_weight"), hooks.session.initialValues().get("07Linear_weight"));
    }
  }

  /**
   * With decay 0.2 and strength 2 the spread of every cluster shrinks by 1 - 0.05 (0.2 + 2) a step.
   * Rows of pairs: 2 of 4 filters, 5 of 10 units; of the 3 classes the first two.
   */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void centripetalSpreadShrinksByTheFactor(boolean attached) {
    OneShot never = new OneShot(0.5, Timing.Unit.STEP, 1_000_000);
    Map<String, Integer> rows =
        Map.of("01Conv2d_weight", 4, "05Linear_weight", 10, "07Linear_weight", 2);
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, new Centripetal(0.5, 2), never, attached, sgd(0, 0.2f))) {
      for (int step = 0; step < 6; step++) {
        Map<String, float[]> before = TinyTraining.weights(model.getBlock());
        TinyTraining.step(trainer, step);
        Map<String, float[]> after = TinyTraining.weights(model.getBlock());
        rows.forEach(
            (path, count) -> {
              double spread = spread(before.get(path), count, path);
              double factor = 1 - RATE * 2.2;
              assertEquals(factor * spread, spread(after.get(path), count, path), 1e-4 * spread);
            });
      }
    }
  }

  /** Root of the sum of squared differences of the rows of pairs. */
  private static double spread(float[] weights, int rows, String path) {
    int width = weights.length / (path.startsWith("07") ? TinyTraining.CLASSES : rows);
    double sum = 0;
    for (int row = 0; row < rows; row += 2) {
      for (int i = row * width; i < (row + 1) * width; i++) {
        sum += Math.pow((double) weights[i] - weights[i + width], 2);
      }
    }
    return Math.sqrt(sum);
  }

  /** After steps 2, 4, ... two of four filters are 0; one step later they have moved again. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void softlyPrunedFiltersGoOnTraining(boolean attached) {
    OneShot never = new OneShot(0.5, Timing.Unit.STEP, 1_000_000);
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, new SoftFilters(0.5, 2), never, attached, sgd(0.9f, 0))) {
      for (int step = 1; step <= 6; step++) {
        TinyTraining.step(trainer, step);
        float[] filters = TinyTraining.weights(model.getBlock()).get("01Conv2d_weight");
        assertEquals(step % 2 == 0 ? 18 : 36, TinyTraining.nonZeros(filters), "after " + step);
      }
    }
  }
}
