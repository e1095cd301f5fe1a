package org.espalier.pruning.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/** Masks after every update against sorting by hand-written code, on numbers with many ties. */
class DropGrowTest {

  private static final TensorInfo A = SparseRun.tensor("a", 12, 10);
  private static final TensorInfo B = SparseRun.tensor("b", 5, 4, 3);
  private static final TensorInfo C = SparseRun.tensor("c", 7);
  private static final List<TensorInfo> ALL = List.of(A, B, C);
  private static final long SEED = 42;

  private static SparseRun run(String lifecycle, String timing) {
    return new SparseRun(
        "{lifecycle: %s, schedule: {type: constant, target: 0.7, %s}, include: ['*']}"
            .formatted(lifecycle, timing),
        A,
        B,
        C);
  }

  private static byte[] before(SparseRun run, TensorInfo tensor) {
    return run.state.mask(tensor).toBytes();
  }

  private static Map<String, byte[]> before(SparseRun run) {
    Map<String, byte[]> masks = new TreeMap<>();
    ALL.forEach(t -> masks.put(t.name(), before(run, t)));
    return masks;
  }

  /** The first masks: 36 of 120, 18 of 60, 2 of 7 (2.1), those with the largest draws. */
  @Test
  void theStartIsRandom() {
    SparseRun run = run("rigl", "every: 10, end: 100");
    run.draw();
    run.decide();
    int[] kept = {36, 18, 2};
    for (int t = 0; t < 3; t++) {
      TensorInfo tensor = ALL.get(t);
      double[] draws = Oracle.draws(SEED, 0, tensor.name(), tensor.elements());
      assertArrayEquals(
          Oracle.mask(
              draws.length, Oracle.largest(draws.length, i -> true, i -> draws[i], kept[t])),
          run.mask(tensor.name()));
    }
  }

  @Test
  void theStartByCriterion() {
    SparseRun run = run("{type: drop-grow, start: criterion}", "every: 10, end: 100");
    run.draw();
    run.decide();
    float[] w = run.weights.get("a");
    assertArrayEquals(
        Oracle.mask(120, Oracle.largest(120, i -> true, i -> Math.abs(w[i]), 36)), run.mask("a"));
  }

  /** Evci et al. 2020, algorithm 1. */
  @Test
  void riglEqualsBruteForce() {
    SparseRun run = run("rigl", "every: 10, end: 100");
    run.draw();
    run.decide();
    for (int step = 10; step <= 100; step += 10) {
      run.at(step);
      run.draw();
      Map<String, byte[]> old = before(run);
      run.decide();
      double f = 0.15 * (1 + Math.cos(step * Math.PI / 100));
      for (TensorInfo tensor : ALL) {
        byte[] mask = old.get(tensor.name());
        float[] w = run.weights.get(tensor.name());
        float[] g = run.gradients.get(tensor.name());
        int alive = Oracle.count(mask);
        int dropped = (int) Math.floor(f * alive + 1e-9);
        byte[] kept =
            Oracle.mask(
                w.length,
                Oracle.largest(w.length, i -> mask[i] == 1, i -> Math.abs(w[i]), alive - dropped));
        assertArrayEquals(
            Oracle.grown(kept, i -> Math.abs(g[i]), dropped), run.mask(tensor.name()));
      }
      assertEquals(36 + 18 + 2, run.state.keptCount());
    }
  }

  /** Mocanu et al. 2018, algorithm 1. */
  @Test
  void setEqualsBruteForce() {
    SparseRun run = run("set", "every: 10");
    run.draw();
    run.decide();
    for (int step = 10; step <= 60; step += 10) {
      run.at(step);
      run.draw();
      Map<String, byte[]> old = before(run);
      run.decide();
      for (TensorInfo tensor : ALL) {
        byte[] mask = old.get(tensor.name());
        float[] w = run.weights.get(tensor.name());
        List<Integer> kept = new ArrayList<>();
        for (int sign : new int[] {1, -1}) {
          int n = 0;
          for (int i = 0; i < w.length; i++) {
            n += mask[i] == 1 && w[i] * sign > 0 ? 1 : 0;
          }
          // 3 n / 10 in whole numbers
          kept.addAll(
              Oracle.largest(
                  w.length,
                  i -> mask[i] == 1 && w[i] * sign > 0,
                  i -> w[i] * sign,
                  n - 3 * n / 10));
        }
        byte[] survivors = Oracle.mask(w.length, kept);
        double[] draws = Oracle.draws(SEED, step, tensor.name(), w.length);
        byte[] expected = Oracle.grown(survivors, i -> draws[i], Oracle.count(mask) - kept.size());
        assertArrayEquals(expected, run.mask(tensor.name()));
      }
      assertEquals(36 + 18 + 2, run.state.keptCount());
    }
  }

  /**
   * Ten weights, seven alive: 1 2 3 4 positive and -1 -2 negative, one is 0. Half of each sign
   * goes: 1 and 2, -1, and what is 0. Of the seven dead, four grow.
   */
  @Test
  void setDropsPerSignByHand() {
    TensorInfo tensor = SparseRun.tensor("t", 10);
    SparseRun run =
        new SparseRun(
            "{include: [t], lifecycle: {type: set, fraction: 0.5},"
                + " schedule: {type: constant, target: 0.3}}",
            tensor);
    float[] w = {4, 1, -2, 3, 0, -1, 2, 0, 0, 0};
    run.state =
        new PruningState(
            TrainingTime.START,
            Map.of("t", Mask.ofBytes(new byte[] {1, 1, 1, 1, 1, 1, 1, 0, 0, 0}, 10)));
    run.at(5);
    run.weights.put("t", w);
    run.gradients.put("t", new float[10]);
    run.decide();
    double[] draws = Oracle.draws(SEED, 5, "t", 10);
    byte[] survivors = {1, 0, 1, 1, 0, 0, 0, 0, 0, 0};
    assertArrayEquals(Oracle.grown(survivors, i -> draws[i], 4), run.mask("t"));
  }

  /** Dettmers and Zettlemoyer 2019, algorithm 2; shares by largest remainders. */
  @Test
  void sparseMomentumEqualsBruteForce() {
    SparseRun run = run("snfs", "every: 3, end: 30");
    Map<String, double[]> momentum = new TreeMap<>();
    ALL.forEach(t -> momentum.put(t.name(), new double[t.elements()]));
    for (int step = 0; step <= 30; step++) {
      run.at(step);
      run.draw();
      Map<String, byte[]> old = before(run);
      for (TensorInfo tensor : ALL) {
        double[] m = momentum.get(tensor.name());
        for (int i = 0; i < m.length; i++) {
          m[i] = 0.9 * m[i] + (1 - 0.9) * run.gradients.get(tensor.name())[i];
        }
      }
      run.decide();
      if (step % 3 != 0 || step == 0) {
        continue;
      }
      double f = 0.005 + 0.2475 * (1 + Math.cos(step * Math.PI / 30));
      Map<String, byte[]> kept = new TreeMap<>();
      double[] means = new double[3];
      int[] rooms = new int[3];
      int dropped = 0;
      for (int t = 0; t < 3; t++) {
        String name = ALL.get(t).name();
        byte[] mask = old.get(name);
        float[] w = run.weights.get(name);
        int alive = Oracle.count(mask);
        int go = (int) Math.floor(f * alive + 1e-9);
        for (int i = 0; i < mask.length; i++) {
          means[t] += mask[i] == 1 ? Math.abs(momentum.get(name)[i]) / alive : 0;
        }
        kept.put(
            name,
            Oracle.mask(
                w.length,
                Oracle.largest(w.length, i -> mask[i] == 1, i -> Math.abs(w[i]), alive - go)));
        dropped += go;
        rooms[t] = w.length - alive + go;
      }
      int[] shares = shares(dropped, means, rooms);
      for (int t = 0; t < 3; t++) {
        String name = ALL.get(t).name();
        double[] m = momentum.get(name);
        assertArrayEquals(
            Oracle.grown(kept.get(name), i -> Math.abs(m[i]), shares[t]), run.mask(name));
      }
      assertEquals(36 + 18 + 2, run.state.keptCount());
    }
    assertTrue(run.state.mask(A).keptCount() != 36);
  }

  /** Gives one after the other to whoever is furthest below his quota, once floors are given. */
  private static int[] shares(int total, double[] weights, int[] rooms) {
    double[] open = weights.clone();
    int[] shares = new int[weights.length];
    int left = total;
    for (int round = 0; round < weights.length; round++) {
      double sum = open[0] + open[1] + open[2];
      int fullOnes = 0;
      int taken = 0;
      for (int i = 0; i < open.length; i++) {
        if (open[i] > 0 && left * open[i] / sum >= rooms[i]) {
          shares[i] = rooms[i];
          taken += rooms[i];
          open[i] = 0;
          fullOnes++;
        }
      }
      left -= taken;
      if (fullOnes == 0) {
        break;
      }
    }
    double sum = open[0] + open[1] + open[2];
    double[] rest = new double[open.length];
    int given = 0;
    for (int i = 0; i < open.length; i++) {
      if (open[i] > 0) {
        shares[i] = (int) Math.floor(left * open[i] / sum);
        rest[i] = left * open[i] / sum - shares[i];
        given += shares[i];
      } else {
        rest[i] = -1;
      }
    }
    for (; given < left; given++) {
      int best = 0;
      for (int i = 1; i < rest.length; i++) {
        best = rest[i] > rest[best] ? i : best;
      }
      shares[best]++;
      rest[best] = -1;
    }
    return shares;
  }

  /** What ITOP counts: all that has lived after any update, over all there is. */
  @Test
  void whatHasLivedIsCounted() {
    SparseRun run = run("rigl", "every: 10, end: 100");
    byte[] lived = new byte[120];
    for (int step = 0; step <= 50; step += 10) {
      run.at(step);
      run.draw();
      run.decide();
      byte[] mask = run.mask("a");
      for (int i = 0; i < 120; i++) {
        lived[i] |= mask[i];
      }
      assertArrayEquals(lived, run.state.visited().get("a").toBytes());
    }
    assertTrue(Oracle.count(lived) > 36);
    double all = run.state.visited().values().stream().mapToInt(Mask::keptCount).sum();
    assertEquals(all / 187, run.state.explored());
  }

  @Test
  void theSameSeedGivesTheSameMasksAndAnotherOthers() {
    List<Map<String, Mask>> runs = new ArrayList<>();
    for (String seed : new String[] {"1", "1", "2"}) {
      SparseRun run =
          new SparseRun(
              "{seed: %s, lifecycle: set, schedule: {type: constant, target: 0.7}}".formatted(seed),
              A,
              B);
      for (int step = 0; step < 4; step++) {
        run.at(step);
        run.draw();
        run.decide();
      }
      runs.add(run.state.masks());
    }
    assertEquals(runs.get(0), runs.get(1));
    assertTrue(!runs.get(0).get("a").equals(runs.get(2).get("a")));
  }
}
