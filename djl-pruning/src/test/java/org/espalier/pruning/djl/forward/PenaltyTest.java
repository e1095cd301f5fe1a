package org.espalier.pruning.djl.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.espalier.pruning.core.forward.Continuous;
import org.espalier.pruning.core.forward.Forward;
import org.espalier.pruning.core.forward.HardConcrete;
import org.espalier.pruning.core.forward.HardGate;
import org.espalier.pruning.core.forward.HardGate.Surrogate;
import org.espalier.pruning.core.forward.LearnedThreshold;
import org.espalier.pruning.core.forward.SoftThreshold;
import org.espalier.pruning.core.forward.StraightThrough;
import org.espalier.pruning.core.forward.VariationalDropout;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/** Penalties and their gradients on the device, against the formulas in double precision. */
class PenaltyTest {

  private interface Penalty {
    double of(double[] weights, double[] trained);
  }

  /** Compares value and all partial derivatives with central differences. */
  private static void check(Bench bench, boolean ofWeights, Penalty penalty, double tolerance) {
    double[] w = doubles(bench.weights);
    double[] t = doubles(bench.trained());
    assertEquals(penalty.of(w, t), bench.penalty(), tolerance);
    bench.penalize();
    for (int i = 0; i < t.length; i++) {
      int j = i;
      double slope = Bench.slope(x -> penalty.of(w, with(t, j, x)), t[i]);
      assertEquals(slope, bench.trainedGradient[i], tolerance, "trained " + i);
    }
    for (int i = 0; i < w.length; i++) {
      int j = i;
      double slope = ofWeights ? Bench.slope(x -> penalty.of(with(w, j, x), t), w[i]) : 0;
      assertEquals(slope, bench.weightGradient[i], tolerance, "weight " + i);
    }
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] with(double[] values, int place, double value) {
    double[] copy = values.clone();
    copy[place] = value;
    return copy;
  }

  /** 2 x 3, a gate per column, each with two weights behind it. */
  @Test
  void hardConcrete() {
    HardConcrete rule = new HardConcrete(0.3, 10, 0.5, 0.4);
    try (Bench bench = new Bench(rule, "input-channel", 2, 3)) {
      bench.spread(0, 3);
      Penalty penalty =
          (w, t) -> {
            double sum = 0;
            for (int unit = 0; unit < 3; unit++) {
              double squares = w[unit] * w[unit] + w[unit + 3] * w[unit + 3];
              sum += rule.penalty(t[unit], 2, squares);
            }
            return sum;
          };
      check(bench, true, penalty, 1e-6);
    }
  }

  @Test
  void hardConcreteWithoutDecay() {
    HardConcrete rule = new HardConcrete(0.3, 10, 0.5, 0);
    try (Bench bench = new Bench(rule, "unstructured", 2, 3)) {
      bench.spread(0, 3);
      Penalty penalty =
          (w, t) -> {
            double sum = 0;
            for (double logAlpha : t) {
              sum += rule.penalty(logAlpha, 1, 0);
            }
            return sum;
          };
      check(bench, false, penalty, 1e-6);
    }
  }

  /** Step 3 of a warm-up of 8 steps: half the weight. */
  @Test
  void variationalDropout() {
    VariationalDropout rule = new VariationalDropout(5, 8, 3, -10);
    try (Bench bench = new Bench(rule, "unstructured", 5, 6)) {
      bench.spread(-2, 9);
      Penalty penalty =
          (w, t) -> {
            double sum = 0;
            for (int i = 0; i < w.length; i++) {
              sum += VariationalDropout.divergence(VariationalDropout.logAlpha(w[i], t[i]));
            }
            return 0.5 / 5 * sum;
          };
      check(bench, true, penalty, 5e-5);
    }
  }

  @Test
  void learnedThreshold() {
    LearnedThreshold rule = new LearnedThreshold(0.3, 0.2, 0.8);
    try (Bench bench = new Bench(rule, "unstructured", 4, 5)) {
      double variance = LearnedThreshold.variance(bench.weights);
      Penalty penalty =
          (w, t) -> {
            double sum = 0;
            for (double weight : w) {
              sum += rule.gate(weight, t[0], variance);
            }
            return 0.2 * sum;
          };
      check(bench, false, penalty, 1e-5);
    }
  }

  @Test
  void continuous() {
    double beta = Math.pow(50, 0.3);
    try (Bench bench = new Bench(new Continuous(10, 50, 0.2, 0), "input-channel", 2, 3)) {
      bench.spread(0, 1);
      Penalty penalty =
          (w, t) -> {
            double sum = 0;
            for (double s : t) {
              sum += 2 / (1 + Math.exp(-beta * s));
            }
            return 0.2 * sum;
          };
      check(bench, false, penalty, 1e-5);
    }
  }

  @Test
  void softThreshold() {
    try (Bench bench = new Bench(new SoftThreshold(-4, 0.25), "unstructured", 2, 3)) {
      check(bench, false, (w, t) -> 0.125 * t[0] * t[0], 1e-5);
    }
  }

  /** The number of weights behind open gates; the gradient is the surrogate's slope. */
  @Test
  void hardGates() {
    Forward rule = new HardGate(Surrogate.SOFTPLUS, 0.5, 0);
    try (Bench bench = new Bench(rule, "input-channel", 2, 3)) {
      bench.rule.trained().orElseThrow().set(new float[] {0.5f, -1, 2});
      assertEquals(0.5 * 4, bench.penalty(), 1e-6);
      bench.penalize();
      // 0.5 2 sigmoid(m)
      assertEquals(0.6224593, bench.trainedGradient[0], 1e-6);
      assertEquals(0.2689414, bench.trainedGradient[1], 1e-6);
      assertEquals(0.8807971, bench.trainedGradient[2], 1e-6);
    }
  }

  /** A = 2 of 6 weights, so density 1/3; B has two more; penalty 0.1. */
  @Test
  void exploration() {
    try (Bench bench = new Bench(new StraightThrough(0.2, 0.1), "unstructured", 2, 3)) {
      Mask forward = Mask.ofBytes(new byte[] {1, 0, 0, 0, 1, 0}, 2, 3);
      Mask backward = Mask.ofBytes(new byte[] {1, 1, 0, 0, 1, 1}, 2, 3);
      assertEquals(0, bench.penalty());
      bench.rule.decided(bench.stored.stopGradient(), forward, backward);
      float[] factors = {1, 3, 0, 0, 1, 3};
      double value = 0;
      bench.penalize();
      for (int i = 0; i < 6; i++) {
        assertEquals(0.1 * factors[i] * bench.weights[i], bench.weightGradient[i], 1e-7);
        value += 0.05 * factors[i] * bench.weights[i] * bench.weights[i];
      }
      assertEquals(value, bench.penalty(), 1e-7);
    }
  }
}
