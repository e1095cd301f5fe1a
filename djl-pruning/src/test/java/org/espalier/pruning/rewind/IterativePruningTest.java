package org.espalier.pruning.rewind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.training.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.OptimizerState;
import org.espalier.pruning.djl.checkpoint.TrainingSnapshot;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IterativePruningTest {

  /** 160 weights, then 80 and 40; 60, then 45 and 34 (60 x .5625 = 33.75). */
  private static final Recipe RECIPE =
      Recipe.parse(
          """
          groups:
          - name: hidden
            include: ["01*weight"]
            schedule: {type: geometric, rate: 0.5, target: 0.99, begin: 0, every: 1}
          - name: output
            include: ["05*weight"]
            schedule: {type: geometric, rate: 0.25, target: 0.99, begin: 0, every: 1}
          """);

  private static final List<Rewind> BRANCHES =
      List.of(
          new Rewind.Weights(3),
          new Rewind.LearningRate(3),
          new Rewind.FineTune(3, 0.1),
          new Rewind.RandomWeights(8),
          new Rewind.RandomMask(9));

  @TempDir static Path shared;

  /** A whole run, of which most tests look at a part. */
  private static final TinyTask TASK = new TinyTask();

  private static List<Level> whole;

  @TempDir Path folder;

  @BeforeAll
  static void run() throws IOException {
    whole = new IterativePruning(TASK, tickets(), shared).run();
  }

  private static RewindPlan plan(Rewind chain, int level, List<Rewind> branches) {
    return new RewindPlan(RECIPE, 2, 7, chain, new TreeMap<>(Map.of(level, branches)));
  }

  private static RewindPlan tickets() {
    return plan(new Rewind.Weights(0), 2, BRANCHES);
  }

  private static TrainingSnapshot snapshot(Stage stage) {
    return TrainingSnapshot.read(stage.file(IterativePruning.SNAPSHOT_FILE));
  }

  private static TrainingSnapshot origin(long step) {
    return snapshot(new StageStore(shared).find("origin-" + step).orElseThrow());
  }

  private static Map<String, Mask> masks(Stage stage) {
    return snapshot(stage).session().orElseThrow().state().masks();
  }

  private static void assertSameBits(TrainingSnapshot expected, TrainingSnapshot actual) {
    assertEquals(expected.position(), actual.position());
    assertEquals(expected.parameters().keySet(), actual.parameters().keySet());
    expected
        .parameters()
        .forEach((p, t) -> assertSameBits(p, t.floats(), actual.parameters().get(p).floats()));
    assertEquals(expected.optimizer().updates(), actual.optimizer().updates());
    assertEquals(expected.optimizer().counts(), actual.optimizer().counts());
    assertEquals(expected.optimizer().arrays().keySet(), actual.optimizer().arrays().keySet());
    expected
        .optimizer()
        .arrays()
        .forEach((k, a) -> assertSameBits(k.path(), a, actual.optimizer().arrays().get(k)));
  }

  private static void assertSameBits(String what, float[] expected, float[] actual) {
    assertArrayEquals(bits(expected), bits(actual), what);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /** Initial bits where the mask is 1, +0 elsewhere; everything else untouched. */
  private static void assertMasked(
      Map<String, Mask> masks, TrainingSnapshot expected, Map<String, float[]> actual) {
    assertEquals(expected.parameters().keySet(), actual.keySet());
    expected
        .parameters()
        .forEach(
            (path, tensor) -> {
              float[] values = tensor.floats().clone();
              if (masks.containsKey(path)) {
                masks.get(path).applyTo(values);
              }
              assertSameBits(path, values, actual.get(path));
            });
  }

  /** Dropout, batch norm, momentum or moments, a rate that falls, an origin amid an epoch. */
  @ParameterizedTest(name = "adam: {0}")
  @ValueSource(booleans = {false, true})
  void rewindingWithoutPruningGoesThroughTheSameTrainingAgain(boolean adam) throws IOException {
    TinyTask task = new TinyTask();
    task.adam = adam;
    TrainingSpan span = new TrainingSpan(task, 7);
    TrainingSnapshot initial = span.initial(7);
    TrainingSnapshot whole = span.train(initial, 8, task.learningRate()).end();
    for (long step : new long[] {0, 3, 4, 7}) {
      TrainingSnapshot origin = span.train(initial, step, task.learningRate()).end();
      Rewinder rewinder = new Rewinder(at(step, origin));
      TrainingSnapshot start = rewinder.start(new Rewind.Weights(step), whole, Map.of());
      // No step: what was captured is what was put back.
      assertSameBits(origin, span.train(start, step, task.learningRate()).end());
      task.updates.clear();
      task.batches.clear();
      assertSameBits(whole, span.train(start, 8, task.learningRate()).end());
      assertEquals((int) step + 1, task.updates.get(0));
      assertEquals(LongStream.range(step, 8).mapToObj(b -> (int) b).toList(), task.batches);
    }
  }

  private static Rewinder.Origins at(long only, TrainingSnapshot origin) {
    return new Rewinder.Origins() {
      @Override
      public TrainingSnapshot after(long step) {
        assertEquals(only, step);
        return origin;
      }

      @Override
      public TrainingSnapshot ofSeed(long seed) {
        throw new AssertionError("not asked for");
      }
    };
  }

  /** Judged before and after: origin 3, dense, level 1, level 2, then its five branches. */
  @Test
  void ticketsStartWithTheInitialBitsOfTheLiving() {
    assertEquals(2 * 9, TASK.judged.size());
    for (int level = 1; level <= 2; level++) {
      Map<String, Mask> masks = whole.get(level).masks();
      TrainingSnapshot end = snapshot(whole.get(level).trained());
      assertMasked(masks, origin(0), TASK.judged.get(2 * level + 2));
      assertMasked(masks, end, TASK.judged.get(2 * level + 3));
    }
  }

  @Test
  void branchesOfALevelShareItsMasksAndStartAsTheySay() throws IOException {
    Level two = whole.get(2);
    Map<String, Mask> masks = two.masks();
    TrainingSnapshot trained = snapshot(whole.get(1).trained());
    assertMasked(masks, origin(3), TASK.judged.get(8));
    assertMasked(masks, trained, TASK.judged.get(10));
    assertMasked(masks, trained, TASK.judged.get(12));
    assertMasked(masks, new TrainingSpan(new TinyTask(), 7).initial(8), TASK.judged.get(14));
    Map<String, Mask> random = masks(two.branches().get("random-mask"));
    assertMasked(random, origin(0), TASK.judged.get(16));
    assertNotEquals(masks, random);
    two.branches()
        .forEach(
            (label, stage) -> {
              masks(stage).forEach((p, m) -> assertEquals(masks.get(p).keptCount(), m.keptCount()));
              assertEquals(74, stage.figure(IterativePruning.KEPT));
              assertEquals(220, stage.figure(IterativePruning.ELEMENTS));
              assertEquals(label.equals("random-mask"), !masks.equals(masks(stage)));
            });
    assertEquals(8, two.branches().get("random-weights").figure(IterativePruning.STEPS));
    assertEquals(5, two.branches().get("weights-3").figure(IterativePruning.STEPS));
    assertEquals(74.0 / 220, two.density());
  }

  @Test
  void masksAreNestedAndOfExactCounts() {
    Map<String, Mask> first = whole.get(1).masks();
    Map<String, Mask> second = whole.get(2).masks();
    assertEquals(80, first.get(TinyTask.FIRST).keptCount());
    assertEquals(45, first.get(TinyTask.LAST).keptCount());
    assertEquals(40, second.get(TinyTask.FIRST).keptCount());
    assertEquals(34, second.get(TinyTask.LAST).keptCount());
    second.forEach((path, mask) -> assertTrue(mask.isSubsetOf(first.get(path)), path));
    assertEquals(Map.of(), whole.get(0).masks());
    assertEquals(1, whole.get(0).density());
  }

  /** The rate of update 4 on for the one, a tenth of the first rate for the other. */
  @Test
  void scheduleAndDataOrderGoBackButWeightsStay() throws IOException {
    for (Rewind way : List.of(new Rewind.LearningRate(3), new Rewind.FineTune(3, 0.1))) {
      TinyTask task = new TinyTask();
      Path place = folder.resolve(way.label());
      new IterativePruning(task, plan(way, 1, List.of()), place).run();
      int last = task.batches.size();
      assertEquals(List.of(3, 4, 5, 6, 7), task.batches.subList(last - 5, last));
      TrainingSnapshot end = snapshot(new StageStore(place).find("level-02").orElseThrow());
      boolean fine = way instanceof Rewind.FineTune;
      assertEquals(fine ? 5 : 8, end.optimizer().updates());
      // Four trained parameters ask for their rate at each of five steps.
      assertEquals(fine ? 1 : 4, task.updates.get(task.updates.size() - 5 * 6));
    }
    assertEquals(0.02f, new Rewind.FineTune(3, 0.1).learningRate(n -> 0.2f / n).getNewValue(5));
  }

  @Test
  void aRunThatIsDoneTrainsNothing() throws IOException {
    TinyTask again = new TinyTask();
    assertEquals(whole, new IterativePruning(again, tickets(), shared).run());
    assertEquals(0, again.batches.size());
    assertEquals(0, again.models.size());
  }

  @ParameterizedTest(name = "killed at batch {0}")
  @ValueSource(ints = {4, 20, 50})
  void aRunThatWasKilledGoesOn(int batch) throws IOException {
    TinyTask killed = new TinyTask();
    killed.failsAt = batch;
    assertThrows(
        IllegalStateException.class, () -> new IterativePruning(killed, tickets(), folder).run());
    TinyTask rest = new TinyTask();
    List<Level> resumed = new IterativePruning(rest, tickets(), folder).run();
    assertTrue(rest.batches.size() < TASK.batches.size(), "stages were done again");
    for (int level = 0; level < whole.size(); level++) {
      assertEquals(whole.get(level).masks(), resumed.get(level).masks());
      assertSame(whole.get(level).trained(), resumed.get(level).trained());
      for (String label : whole.get(level).branches().keySet()) {
        assertSame(
            whole.get(level).branches().get(label), resumed.get(level).branches().get(label));
      }
    }
  }

  private static void assertSame(Stage expected, Stage actual) {
    assertEquals(expected.figures(), actual.figures());
    assertSameBits(snapshot(expected), snapshot(actual));
  }

  @Test
  void aFolderOfOtherSettingsIsRefused() throws IOException {
    TinyTask other = new TinyTask();
    other.note = "other noise";
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> new IterativePruning(other, tickets(), shared).run());
    assertEquals("task, data = other noise", error.found());
    Recipe changed = Recipe.parse(RECIPE.canonicalText().replace("rate: 0.25", "rate: 0.3"));
    RewindPlan plan = new RewindPlan(changed, 2, 7, new Rewind.Weights(0), new TreeMap<>());
    InvalidInputException recipe =
        assertThrows(
            InvalidInputException.class,
            () -> new IterativePruning(new TinyTask(), plan, shared).run());
    assertTrue(recipe.found().contains("rate: 0.3"), recipe.found());
    assertTrue(recipe.place().endsWith("stage 'level-01-mask'"), recipe.place());
  }

  /** Ten rounds: all models are closed, all optimizers empty. */
  @Test
  void nothingIsLeftOfARound() throws IOException {
    TinyTask task = new TinyTask();
    task.adam = true;
    new IterativePruning(
            task, new RewindPlan(RECIPE, 10, 7, new Rewind.Weights(0), new TreeMap<>()), folder)
        .run();
    // One origin, the dense training, and per round a decision and a training.
    assertEquals(22, task.models.size());
    for (Optimizer optimizer : task.optimizers) {
      assertEquals(0, OptimizerState.release(optimizer));
    }
    for (Model model : task.models) {
      assertEquals(0, model.getNDManager().getManagedArrays().size());
      assertTrue(!model.getNDManager().isOpen());
    }
    assertTrue(Files.exists(folder.resolve("level-10").resolve("stage.json")));
  }

  @Test
  void plansThatMeanNothingAreRefused() {
    assertThrows(InvalidInputException.class, () -> new Rewind.Weights(-1));
    assertThrows(InvalidInputException.class, () -> new Rewind.FineTune(0, 0.5));
    assertThrows(
        InvalidInputException.class,
        () -> plan(new Rewind.Weights(0), 3, List.of(new Rewind.RandomMask(1))));
    assertThrows(
        InvalidInputException.class,
        () -> plan(new Rewind.Weights(0), 1, List.of(new Rewind.Weights(0))));
    assertThrows(
        InvalidInputException.class,
        () -> plan(new Rewind.Weights(0), 1, List.of(new Rewind.RandomWeights(7))));
    assertThrows(
        InvalidInputException.class,
        () ->
            new IterativePruning(
                new TinyTask(), plan(new Rewind.Weights(8), 1, List.of()), folder));
    Recipe channels =
        Recipe.parse("{pattern: channel, schedule: {type: one-shot, target: 0.5, at: 0}}");
    assertThrows(
        InvalidInputException.class,
        () ->
            new RewindPlan(
                channels,
                1,
                7,
                new Rewind.Weights(0),
                new TreeMap<>(Map.of(1, List.of(new Rewind.RandomMask(1))))));
  }
}
