package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Straight-through masks against a computation by hand of what they should do. */
class StraightThroughTest {

  private static final float RATE = 0.05f;

  private static Recipe recipe(double target, int every, String forward) {
    return Recipe.parse(
        "{lifecycle: reselect, schedule: {type: constant, target: %s, every: %d}, forward: %s}"
            .formatted(target, every, forward));
  }

  /** The indices of the k largest magnitudes, ties to the lowest. */
  private static Set<Integer> top(float[] values, int k) {
    List<Integer> order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(values[i])))
            .toList();
    return new HashSet<>(order.subList(0, k));
  }

  private static int kept(double sparsity, int n) {
    return (int) Math.floor((1 - sparsity) * n + 0.5);
  }

  /**
   * Plain SGD, DNW: w <- w - rate dL/dv at v = w on the top k, for every weight; the gradient at v
   * is taken on a second network whose stored weights are v.
   */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void equalsTopKWithStraightThroughGradients(boolean attached) {
    try (ForwardRuns run = new ForwardRuns(sgd(), recipe(0.7, 1, "straight-through"), attached);
        Model plain = TinyTraining.model();
        Trainer reference = plain.newTrainer(sgd())) {
      reference.initialize(TinyTraining.inputShape());
      Map<String, Set<Integer>> seen = new HashMap<>();
      for (int step = 0; step < 6; step++) {
        Map<String, float[]> before = run.weights();
        copyParameters(run, plain);
        before.forEach(
            (path, values) -> {
              float[] masked = values.clone();
              Set<Integer> living = seen.get(path);
              for (int i = 0; living != null && i < masked.length; i++) {
                masked[i] = living.contains(i) ? masked[i] : 0;
              }
              ForwardRuns.write(plain.getBlock().getParameters().get(path).getArray(), masked);
            });
        TinyTraining.backward(reference, step);
        Map<String, float[]> gradients = TinyTraining.gradients(plain.getBlock());
        zeroGradients(plain);
        TinyTraining.step(run.trainer, step);
        int now = step;
        run.weights()
            .forEach(
                (path, values) -> {
                  float[] old = before.get(path);
                  for (int i = 0; i < values.length; i++) {
                    float expected = old[i] - RATE * gradients.get(path)[i];
                    assertEquals(expected, values[i], 2e-6, path + " in step " + now);
                  }
                  // The decision of a step sees the weights before its update.
                  seen.put(path, top(old, kept(0.7, old.length)));
                  Mask mask = run.session().state().masks().get(path);
                  for (int i = 0; i < values.length; i++) {
                    assertEquals(seen.get(path).contains(i), mask.isKept(i));
                  }
                });
      }
    }
  }

  private static DefaultTrainingConfig sgd() {
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(RATE)).build());
  }

  private static void copyParameters(ForwardRuns run, Model plain) {
    TinyTraining.parameters(run.model.getBlock())
        .forEach(
            (path, values) ->
                ForwardRuns.write(plain.getBlock().getParameters().get(path).getArray(), values));
  }

  private static void zeroGradients(Model model) {
    model
        .getBlock()
        .getParameters()
        .values()
        .forEach(parameter -> Mirrors.zeroGradient(parameter.getArray()));
  }

  static Stream<Arguments> runs() {
    return Stream.of(OptimizerKind.values())
        .flatMap(kind -> Stream.of(false, true).map(attached -> Arguments.of(kind, attached)));
  }

  /** Top-KAST: outside of B no bit moves, under momentum and weight decay; B is the top half. */
  @ParameterizedTest(name = "{0} attached: {1}")
  @MethodSource("runs")
  void weightsOutsideTheBackwardSetStandStill(OptimizerKind kind, boolean attached) {
    Recipe recipe = recipe(0.9, 4, "{type: straight-through, backward: 0.5, penalty: 0.01}");
    Map<String, Set<Integer>> backward = new HashMap<>();
    try (ForwardRuns run = new ForwardRuns(kind, recipe, attached)) {
      for (int step = 0; step < 10; step++) {
        Map<String, float[]> before = run.weights();
        TinyTraining.step(run.trainer, step);
        if (step % 4 == 0) {
          before.forEach((path, v) -> backward.put(path, top(v, kept(0.5, v.length))));
        }
        run.weights()
            .forEach(
                (path, values) -> {
                  Mask mask = run.session().state().masks().get(path);
                  assertEquals(kept(0.9, values.length), mask.keptCount());
                  int moved = 0;
                  for (int i = 0; i < values.length; i++) {
                    if (backward.get(path).contains(i)) {
                      moved += values[i] != before.get(path)[i] ? 1 : 0;
                    } else {
                      assertEquals(before.get(path)[i], values[i], path);
                    }
                  }
                  // A weight behind a dead unit may stand still as well.
                  assertTrue(moved > kept(0.9, values.length), "explored ones move: " + moved);
                });
      }
      Map<String, float[]> stored = run.weights();
      run.trainer.close();
      run.weights()
          .forEach(
              (path, values) -> {
                float[] expected = stored.get(path);
                run.session().state().masks().get(path).applyTo(expected);
                assertArrayEquals(expected, values, path);
                assertTrue(TinyTraining.holds(run.session().state().masks().get(path), values));
              });
    }
  }

  /** A run that is put together from weights and memory goes on bit by bit. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void memoryIsEnough(boolean attached) {
    Recipe recipe = recipe(0.8, 5, "{type: straight-through, backward: 0.5, penalty: 0.01}");
    try (ForwardRuns run = new ForwardRuns(sgd(), recipe, attached).steps(3);
        ForwardRuns resumed = new ForwardRuns(sgd(), recipe, attached)) {
      SessionMemory memory = run.session().memory();
      copyParameters(run, resumed.model);
      resumed.session().restore(memory);
      for (int step = 3; step < 8; step++) {
        TinyTraining.step(run.trainer, step);
        TinyTraining.step(resumed.trainer, step);
        Map<String, float[]> expected = run.weights();
        resumed
            .weights()
            .forEach((path, values) -> assertArrayEquals(expected.get(path), values, path));
      }
      assertEquals(run.session().state().masks(), resumed.session().state().masks());
    }
  }
}
