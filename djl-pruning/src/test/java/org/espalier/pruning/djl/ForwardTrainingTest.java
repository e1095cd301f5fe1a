package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.dataset.Batch;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings whose forward rules learn masks. */
class ForwardTrainingTest {

  static Stream<Arguments> runs() {
    return ForwardRuns.LEARNED.keySet().stream()
        .flatMap(
            rule ->
                Stream.of(OptimizerKind.SGD, OptimizerKind.ADAM)
                    .flatMap(
                        kind ->
                            Stream.of(false, true)
                                .map(attached -> Arguments.of(rule, kind, attached))));
  }

  /** Latent in training, exactly 0 at the end; masks are the non-zeros, before and after. */
  @ParameterizedTest(name = "{0} {1} attached: {2}")
  @MethodSource("runs")
  void weightsBecomeWhatLayersSee(String rule, OptimizerKind kind, boolean attached) {
    Recipe recipe = ForwardRuns.learned(ForwardRuns.LEARNED.get(rule));
    Map<String, float[]> settled;
    PruningSession session;
    try (ForwardRuns run = new ForwardRuns(kind, recipe, attached).steps(12)) {
      session = run.session();
      settled = run.settled();
      int zeros = 0;
      for (Map.Entry<String, float[]> entry : run.weights().entrySet()) {
        zeros += entry.getValue().length - TinyTraining.nonZeros(settled.get(entry.getKey()));
        assertEquals(
            entry.getValue().length, TinyTraining.nonZeros(entry.getValue()), "stored values stay");
      }
      assertTrue(zeros > 0, "something is pruned");
      assertTrue(session.penalty() > 0);
      float[] evaluated = evaluate(run);
      run.session().settle();
      for (Map.Entry<String, float[]> entry : run.weights().entrySet()) {
        Mask mask = session.state().masks().get(entry.getKey());
        assertArrayEquals(settled.get(entry.getKey()), entry.getValue(), entry.getKey());
        assertTrue(TinyTraining.holds(mask, entry.getValue()), "+0 in every bit");
        assertEquals(mask.keptCount(), TinyTraining.nonZeros(entry.getValue()));
      }
      assertArrayEquals(evaluated, evaluate(run), "layers saw the settled weights");
      // From here on a group like any other: zeros stay.
      run.steps(3);
      run.weights()
          .forEach(
              (path, values) ->
                  assertTrue(TinyTraining.holds(session.state().masks().get(path), values)));
      assertEquals(0, session.penalty());
    }
  }

  private static float[] evaluate(ForwardRuns run) {
    try (Batch batch = TinyTraining.batch(run.trainer.getManager(), 77);
        NDList output = run.trainer.evaluate(batch.getData())) {
      return output.head().toFloatArray();
    }
  }

  /** The end of training settles by itself, and decisions before it saw the same masks. */
  @ParameterizedTest(name = "{0} {1} attached: {2}")
  @MethodSource("runs")
  void sameSeedSameBits(String rule, OptimizerKind kind, boolean attached) {
    Recipe recipe = ForwardRuns.learned(ForwardRuns.LEARNED.get(rule));
    Map<String, float[]> first;
    Map<String, Mask> observed;
    Map<String, Mask> masks;
    try (ForwardRuns run = new ForwardRuns(kind, recipe, attached).steps(6)) {
      observed = run.hooks.masksBeforeStep.get(5L);
      first = closed(run);
      masks = run.session().state().masks();
    }
    try (ForwardRuns run = new ForwardRuns(kind, recipe, !attached).steps(5)) {
      // What the decision of the next step sees is what layers compute with now.
      run.settled()
          .forEach(
              (path, values) ->
                  assertEquals(
                      Mask.ofNonZeros(values, observed.get(path).shape()), observed.get(path)));
      TinyTraining.step(run.trainer, 5);
      Map<String, float[]> second = closed(run);
      first.forEach((path, values) -> assertArrayEquals(values, second.get(path), path));
      assertEquals(masks, run.session().state().masks());
    }
  }

  private static Map<String, float[]> closed(ForwardRuns run) {
    run.trainer.close();
    return run.weights();
  }

  /** Gates and thresholds do not stand still, nor do they go wild under accumulation. */
  @ParameterizedTest(name = "{0} {1} attached: {2}")
  @MethodSource("runs")
  void whatIsTrainedMovesUnderAccumulation(String rule, OptimizerKind kind, boolean attached) {
    Recipe recipe = ForwardRuns.learned(ForwardRuns.LEARNED.get(rule));
    try (ForwardRuns run = new ForwardRuns(kind, recipe, attached)) {
      Map<String, float[]> start = run.session().forward().memory();
      assertFalse(start.isEmpty());
      for (int step = 0; step < 4; step++) {
        TinyTraining.backward(run.trainer, step);
        TinyTraining.backward(run.trainer, 100 + step);
        run.trainer.step();
      }
      Set<String> moved = new HashSet<>();
      run.session()
          .forward()
          .memory()
          .forEach(
              (key, values) -> {
                for (float value : values) {
                  assertTrue(Float.isFinite(value), key);
                }
                if (!java.util.Arrays.equals(values, start.get(key))) {
                  moved.add(key);
                }
              });
      moved.removeIf(key -> key.endsWith("/variance"));
      assertEquals(3, moved.size(), "one array per layer");
    }
  }

  /** 200 steps with an evaluation each leave no array behind, for each of the rules. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void noArrayStays(String rule) {
    Recipe recipe = ForwardRuns.learned(ForwardRuns.LEARNED.get(rule));
    try (ForwardRuns run = new ForwardRuns(OptimizerKind.ADAM, recipe, false).steps(3)) {
      int model = run.model.getNDManager().getManagedArrays().size();
      int trainer = run.trainer.getManager().getManagedArrays().size();
      int own = run.session().forward().arrays().size();
      for (int step = 0; step < 200; step++) {
        TinyTraining.step(run.trainer, step % 5);
        evaluate(run);
        // What layers saw last is kept until it is replaced.
        assertTrue(run.session().forward().arrays().size() <= own + 3);
      }
      TinyTraining.step(run.trainer, 1);
      assertEquals(model, run.model.getNDManager().getManagedArrays().size());
      assertEquals(trainer, run.trainer.getManager().getManagedArrays().size());
      assertEquals(own, run.session().forward().arrays().size());
      run.session().settle();
      for (NDArray array : run.session().forward().arrays()) {
        assertFalse(array.isReleased());
      }
    }
  }

  static Stream<String> rules() {
    return ForwardRuns.LEARNED.keySet().stream();
  }
}
