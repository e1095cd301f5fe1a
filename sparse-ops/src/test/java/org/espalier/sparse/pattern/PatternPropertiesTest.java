package org.espalier.sparse.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/** What holds for every pattern on every shape, ragged ones included. */
class PatternPropertiesTest {

  private static final List<String> PATTERNS =
      List.of(
          "unstructured",
          "1:2",
          "2:4",
          "3:5",
          "7:8",
          "block:1x1",
          "block:2x3",
          "block:3x1",
          "block:1x9",
          "vector",
          "kernel",
          "channel",
          "input-channel",
          "head:2",
          "head:3:input",
          "balanced:1",
          "balanced:3",
          "balanced-pe:2",
          "balanced-pe:3",
          "kernel-pattern:2",
          "kernel-pattern:4:3",
          "strided:2",
          "strided:3");

  private static int[] shape(SplittableRandom random) {
    int[] extents = {1, 2, 3, 4, 5, 6, 8, 10};
    int[] shape = new int[1 + random.nextInt(5)];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = axis < 2 ? extents[random.nextInt(8)] : 1 + random.nextInt(4);
    }
    return shape;
  }

  private static Scores scores(SplittableRandom random, int n) {
    return Scores.of(random.doubles(n).map(x -> x < 0.3 ? 0 : x - 0.4).toArray());
  }

  /** As the lifecycle of permanent pruning does: units without a living weight are out. */
  private static void excludeDead(Scores units, Mask mask, SparsityPattern pattern) {
    Scores alive = pattern.unitScores(Scores.of(mask.toFloats()), mask.shape(), Aggregate.SUM);
    for (int unit = 0; unit < units.size(); unit++) {
      if (alive.at(unit) == 0) {
        units.exclude(unit);
      }
    }
  }

  /** The patterns that fit the shape; the others refuse it. */
  private static List<SparsityPattern> fitting(int[] shape) {
    List<SparsityPattern> fitting = new ArrayList<>();
    for (String text : PATTERNS) {
      SparsityPattern pattern = SparsityPattern.parse(text);
      if (pattern.misfit(shape).isEmpty()) {
        pattern.requireFits("w", shape);
        fitting.add(pattern);
      } else {
        assertFalse(pattern.satisfiedBy(Mask.dense(shape)));
        assertThrows(InvalidInputException.class, () -> pattern.requireFits("w", shape));
      }
    }
    return fitting;
  }

  @Property(tries = 60, seed = "1")
  void laterDecisionsKeepExactCountsOfWhatLives(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] shape = shape(random);
    for (SparsityPattern pattern : fitting(shape)) {
      String what = pattern.text() + " on " + Arrays.toString(shape);
      int unitSize = Mask.elements(shape) / pattern.units(shape);
      Mask alive = Mask.dense(shape);
      for (double sparsity = 0; sparsity < 1; sparsity += 0.5 * random.nextDouble()) {
        Scores weights = scores(random, Mask.elements(shape));
        Scores units = pattern.unitScores(weights, shape, Aggregate.SUM);
        excludeDead(units, alive, pattern);
        int kept = pattern.kept(sparsity, shape);
        Mask mask = pattern.best(units, shape, kept);
        assertEquals(kept * unitSize, mask.keptCount(), what);
        assertTrue(mask.isSubsetOf(alive), what);
        boolean onItsWay = pattern instanceof NofM && kept != pattern.kept(1, shape);
        assertTrue(onItsWay || pattern.satisfiedBy(mask), what);
        alive = mask;
      }
    }
  }

  @Property(tries = 40, seed = "2")
  void aFixedSparsityIsWhatTheMaskHas(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] shape = shape(random);
    for (SparsityPattern pattern : fitting(shape)) {
      if (pattern.fixedSparsity(shape).isPresent()) {
        double fixed = pattern.fixedSparsity(shape).getAsDouble();
        Scores scores = scores(random, Mask.elements(shape));
        Mask mask = pattern.best(scores, shape, pattern.kept(fixed, shape));
        assertEquals(fixed, mask.sparsity(), 1e-12, pattern.text());
        assertEquals(pattern.kept(1, shape), mask.keptCount(), pattern.text());
        assertTrue(pattern.satisfiedBy(mask), pattern.text());
      }
    }
  }

  @Property(tries = 25, seed = "3")
  void infiniteScoresDoNotConfuse(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] shape = shape(random);
    double[] infinities = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1, -1};
    for (SparsityPattern pattern : fitting(shape)) {
      for (Aggregate aggregate : Aggregate.values()) {
        double[] scores = new double[Mask.elements(shape)];
        Arrays.setAll(scores, i -> infinities[random.nextInt(4)]);
        Scores units = pattern.unitScores(Scores.of(scores), shape, aggregate);
        assertEquals(-1, units.firstNaN(), pattern.text());
        int kept = pattern.kept(0.5, shape);
        Mask mask = pattern.best(units, shape, kept);
        assertEquals(kept * (Mask.elements(shape) / units.size()), mask.keptCount());
      }
    }
  }

  @Property(tries = 30, seed = "4")
  void singleAndDoublePrecisionChooseAlike(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] shape = shape(random);
    float[] floats = new float[Mask.elements(shape)];
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = random.nextInt(9) - 4;
      doubles[i] = floats[i];
    }
    for (SparsityPattern pattern : fitting(shape)) {
      int kept = pattern.kept(0.5, shape);
      Scores single = pattern.unitScores(Scores.of(floats), shape, Aggregate.SUM);
      Scores twice = pattern.unitScores(Scores.of(doubles), shape, Aggregate.SUM);
      assertEquals(
          pattern.best(twice, shape, kept), pattern.best(single, shape, kept), pattern.text());
    }
  }
}
