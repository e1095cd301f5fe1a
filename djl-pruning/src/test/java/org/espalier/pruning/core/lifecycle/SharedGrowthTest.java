package org.espalier.pruning.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.TensorInfo;
import org.junit.jupiter.api.Test;

/** Methods in which tensors give connections to each other, by hand and by brute force. */
class SharedGrowthTest {

  private static final TensorInfo A = SparseRun.tensor("a", 1, 10);
  private static final TensorInfo B = SparseRun.tensor("b", 1, 10);
  private static final long SEED = 42;

  private static SparseRun run(String lifecycle, double target, TensorInfo... tensors) {
    return new SparseRun(
        "{lifecycle: %s, schedule: {type: constant, target: %s, end: 1000}}"
            .formatted(lifecycle, target),
        tensors);
  }

  /** The first values of the living are given, all others are 0. */
  private static float[] living(byte[] mask, float... values) {
    float[] weights = new float[mask.length];
    int next = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] == 1) {
        weights[i] = values[next++];
      }
    }
    return weights;
  }

  private static int count(SparseRun run, String name) {
    return Oracle.count(run.mask(name));
  }

  /**
   * Half of 5 + 5 is dropped (2 of each 5, rounded down). The mean |M| of the living is 3 in a and
   * 1 in b: of 4, a gets 3 and b 1.
   */
  @Test
  void sparseMomentumByHand() {
    SparseRun run =
        run(
            "{type: drop-grow, fraction: 0.5, anneal: constant, grow: momentum, share: momentum}",
            0.5,
            A,
            B);
    run.draw();
    run.decide();
    run.tracks.clear();
    run.at(1);
    byte[] a = run.mask("a");
    byte[] b = run.mask("b");
    run.weights.put("a", living(a, 1, 2, 3, 4, 5));
    run.weights.put("b", living(b, -5, 4, -3, 2, -1));
    run.gradients.put("a", living(a, 30, -30, 30, 30, -30));
    run.gradients.put("b", living(b, 10, 10, -10, 10, 10));
    run.decide();
    assertEquals(3 + 3, count(run, "a"));
    assertEquals(3 + 1, count(run, "b"));
  }

  /**
   * Mostafa and Wang 2019, with N_p = floor(.3 10) = 3, tolerance .1: 2.7 to 3.3. H = 2 drops 2 + 2
   * = 4, more than 3.3: H becomes 1. H = 1 drops 3: it stays. H = 1 drops 2: 2. Survivors 4 + 4, 3
   * + 4, ... get what was dropped in proportion.
   */
  @Test
  void theThresholdLearnsByHand() {
    SparseRun run =
        run(
            "{type: drop-grow, drop: threshold, threshold: 2, fraction: 0.3, anneal: constant,"
                + " grow: random, share: survivors}",
            0.5,
            A,
            B);
    run.draw();
    run.decide();
    double[][] thresholds = {{2, 4, 1}, {1, 3, 1}, {1, 2, 2}, {2, 0, 4}};
    for (int step = 0; step < thresholds.length; step++) {
      double h = thresholds[step][0];
      int drops = (int) thresholds[step][1];
      run.at(step + 1);
      int before = run.state.mask(A).keptCount();
      // The first of a and the rest of b are one below H; H itself is not below.
      int ofA = Math.min(before, (drops + 1) / 2);
      run.weights.put("a", weights(run.mask("a"), ofA, (float) h));
      run.weights.put("b", weights(run.mask("b"), drops - ofA, (float) h));
      run.gradients.put("a", new float[10]);
      run.gradients.put("b", new float[10]);
      int survivorsA = before - ofA;
      int survivorsB = 10 - before - (drops - ofA);
      run.decide();
      assertEquals(thresholds[step][2], run.state.notes().get("weights/threshold"));
      // of the two remainders r and 1 - r the larger takes the odd one; a, where equal
      int growsA = (int) Math.floor((double) drops * survivorsA / (survivorsA + survivorsB) + 0.5);
      assertEquals(survivorsA + growsA, count(run, "a"));
      assertEquals(10, run.state.keptCount());
    }
  }

  private static float[] weights(byte[] mask, int below, float h) {
    float[] values = new float[Oracle.count(mask)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < below ? h / 2 : h;
    }
    return living(mask, values);
  }

  /** DSR on drawn numbers: survivors by the threshold, growth by the draws of the step. */
  @Test
  void dynamicReparameterizationEqualsBruteForce() {
    TensorInfo c = SparseRun.tensor("c", 6, 15);
    TensorInfo d = SparseRun.tensor("d", 40);
    SparseRun run =
        new SparseRun(
            "{include: ['*'], lifecycle: dsr, schedule: {type: constant, target: 0.6}}", c, d);
    run.draw();
    run.decide();
    double h = 0.001;
    int total = 36 + 16;
    for (int step = 1; step <= 25; step++) {
      run.at(step);
      run.draw();
      Map<String, byte[]> survivors = new TreeMap<>();
      int staying = 0;
      for (TensorInfo tensor : List.of(c, d)) {
        byte[] mask = run.mask(tensor.name());
        float[] w = run.weights.get(tensor.name());
        for (int i = 0; i < mask.length; i++) {
          mask[i] = (byte) (mask[i] == 1 && Math.abs(w[i]) >= h ? 1 : 0);
          staying += mask[i];
        }
        survivors.put(tensor.name(), mask);
      }
      run.decide();
      int dropped = total - staying;
      // floor(.1 52) = 5, times .9 and 1.1: 4.5 to 5.5
      h = dropped > 5.5 ? h / 2 : dropped < 4.5 ? h * 2 : h;
      assertEquals(h, run.state.notes().get("weights/threshold"));
      int growsC = count(run, "c") - Oracle.count(survivors.get("c"));
      double quota =
          staying == 0 ? growsC : (double) dropped * Oracle.count(survivors.get("c")) / staying;
      assertEquals(quota, growsC, 0.5);
      for (TensorInfo tensor : List.of(c, d)) {
        String name = tensor.name();
        double[] draws = Oracle.draws(SEED, step, name, tensor.elements());
        int grows = name.equals("c") ? growsC : dropped - growsC;
        assertArrayEquals(Oracle.grown(survivors.get(name), i -> draws[i], grows), run.mask(name));
      }
      assertEquals(total, run.state.keptCount());
    }
    assertTrue(h > 0.1);
  }

  /** Bellec et al. 2018, algorithm 1: the dormant of all tensors compete as one. */
  @Test
  void deepRewiringEqualsBruteForce() {
    TensorInfo c = SparseRun.tensor("c", 6, 15);
    TensorInfo d = SparseRun.tensor("d", 4, 5);
    SparseRun run = run("deep-r", 0.7, c, d);
    run.draw();
    run.decide();
    for (int step = 1; step <= 10; step++) {
      run.at(step);
      run.draw();
      byte[] all = new byte[110];
      double[] draws = new double[110];
      for (TensorInfo tensor : List.of(c, d)) {
        int from = tensor == c ? 0 : 90;
        float[] w = run.weights.get(tensor.name());
        float[] first = run.initial.get(tensor.name());
        double[] drawn = Oracle.draws(SEED, step, tensor.name(), w.length);
        for (int i = 0; i < w.length; i++) {
          boolean same = w[i] > 0 && first[i] > 0 || w[i] < 0 && first[i] < 0;
          all[from + i] = (byte) (run.mask(tensor.name())[i] == 1 && same ? 1 : 0);
          draws[from + i] = drawn[i];
        }
      }
      byte[] expected = Oracle.grown(all, i -> draws[i], 27 + 6 - Oracle.count(all));
      run.decide();
      byte[] found = new byte[110];
      System.arraycopy(run.mask("c"), 0, found, 0, 90);
      System.arraycopy(run.mask("d"), 0, found, 90, 20);
      assertArrayEquals(expected, found);
    }
  }
}
