package org.espalier.pruning.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drop and grow where the schedule changes the sparsity, and where units are not weights. */
class MovingBudgetTest {

  private static final TensorInfo A = SparseRun.tensor("a", 10, 10);

  private static int kept(double sparsity) {
    return (int) Math.floor((1 - sparsity) * 100 + 0.5 + 1e-9);
  }

  /** NeST: .9, .8, .7, .6 as it grows by |g|, then .7, .8, .9 as it prunes by |w|. */
  @Test
  void nestGrowsAndThenPrunes() {
    SparseRun run =
        new SparseRun(
            "{lifecycle: nest, schedule: {type: piecewise, points: {0: 0.9, 3: 0.6, 6: 0.9}}}", A);
    double[] sparsities = {0.9, 0.8, 0.7, 0.6, 0.7, 0.8, 0.9};
    for (int step = 0; step < sparsities.length; step++) {
      run.at(step);
      run.draw();
      byte[] mask = run.state.mask(A).toBytes();
      run.decide();
      float[] w = run.weights.get("a");
      float[] g = run.gradients.get("a");
      int target = kept(sparsities[step]);
      if (step > 3) {
        assertArrayEquals(
            Oracle.mask(100, Oracle.largest(100, i -> mask[i] == 1, i -> Math.abs(w[i]), target)),
            run.mask("a"));
      } else if (step > 0) {
        assertArrayEquals(
            Oracle.grown(mask, i -> Math.abs(g[i]), target - Oracle.count(mask)), run.mask("a"));
      }
      assertEquals(target, run.state.keptCount());
    }
  }

  /**
   * Gradual pruning with regrowth (GraNet): first the lowest until the budget, then a fraction of
   * the rest goes and comes back elsewhere.
   */
  @Test
  void gradualPruningWithRegrowthEqualsBruteForce() {
    SparseRun run =
        new SparseRun(
            "{lifecycle: {type: drop-grow, anneal: constant, start: criterion},"
                + " schedule: {type: linear, target: 0.8, end: 8}}",
            A);
    for (int step = 0; step <= 8; step++) {
      run.at(step);
      run.draw();
      byte[] mask = run.state.mask(A).toBytes();
      run.decide();
      if (step > 0) {
        int budget = kept(0.1 * step);
        int moving = 3 * budget / 10;
        float[] w = run.weights.get("a");
        float[] g = run.gradients.get("a");
        byte[] kept =
            Oracle.mask(
                100, Oracle.largest(100, i -> mask[i] == 1, i -> Math.abs(w[i]), budget - moving));
        assertArrayEquals(Oracle.grown(kept, i -> Math.abs(g[i]), moving), run.mask("a"));
      }
    }
    assertEquals(20, run.state.keptCount());
  }

  /** With a budget of all tensors that falls, each gives in proportion to what lives in it. */
  @Test
  void aSharedBudgetThatFallsIsExact() {
    TensorInfo b = SparseRun.tensor("b", 5, 10);
    SparseRun run =
        new SparseRun("{lifecycle: snfs, schedule: {type: linear, target: 0.8, end: 8}}", A, b);
    for (int step = 0; step <= 8; step++) {
      run.at(step);
      run.draw();
      run.decide();
      // 10 and 5 tenths of ten
      assertEquals(15 * (10 - step), run.state.keptCount());
    }
  }

  /** RigL on units: scores are sums over a unit, and units move as one. */
  @ParameterizedTest
  @CsvSource({"'block:2x5', 20, 10", "channel, 10, 10", "vector, 60, 3", "kernel, 20, 9"})
  void unitsMoveAsOne(String pattern, int units, int size) {
    boolean kernels = pattern.equals("vector") || pattern.equals("kernel");
    TensorInfo tensor = kernels ? SparseRun.tensor("a", 5, 4, 3, 3) : SparseRun.tensor("a", 10, 20);
    if (pattern.equals("channel")) {
      tensor = SparseRun.tensor("a", 10, 10);
    }
    SparseRun run =
        new SparseRun(
            "{pattern: '%s', lifecycle: {type: rigl, fraction: 0.5},".formatted(pattern)
                + " schedule: {type: constant, target: 0.7, end: 100}}",
            tensor);
    for (int step = 0; step <= 50; step += 10) {
      run.at(step);
      run.draw();
      Mask before = run.state.mask(tensor);
      run.decide();
      int[] unit = unitOf(pattern, tensor);
      double[] w = sums(unit, units, run.weights.get("a"));
      double[] g = sums(unit, units, run.gradients.get("a"));
      byte[] alive = new byte[units];
      for (int i = 0; i < unit.length; i++) {
        alive[unit[i]] = (byte) (before.isKept(i) ? 1 : 0);
      }
      int kept = (int) Math.floor(0.3 * units + 0.5 + 1e-9);
      if (step > 0) {
        int moving = (int) Math.floor(0.25 * (1 + Math.cos(Math.PI * step / 100)) * kept + 1e-9);
        byte[] survivors =
            Oracle.mask(units, Oracle.largest(units, u -> alive[u] == 1, u -> w[u], kept - moving));
        byte[] expected = Oracle.grown(survivors, u -> g[u], moving);
        byte[] found = run.mask("a");
        for (int i = 0; i < unit.length; i++) {
          assertEquals(expected[unit[i]], found[i]);
        }
      }
      assertEquals(kept * size, run.state.keptCount());
    }
  }

  private static int[] unitOf(String pattern, TensorInfo tensor) {
    int[] unit = new int[tensor.elements()];
    int columns = unit.length / tensor.shape()[0];
    for (int i = 0; i < unit.length; i++) {
      unit[i] =
          switch (pattern) {
            case "channel" -> i / columns;
            case "vector" -> i / 3;
            case "kernel" -> i / 9;
            default -> i / columns / 2 * (columns / 5) + i % columns / 5;
          };
    }
    return unit;
  }

  private static double[] sums(int[] unit, int units, float[] values) {
    double[] sums = new double[units];
    for (int i = 0; i < unit.length; i++) {
      sums[unit[i]] += Math.abs(values[i]);
    }
    return sums;
  }
}
