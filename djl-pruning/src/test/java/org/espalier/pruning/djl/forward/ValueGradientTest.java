package org.espalier.pruning.djl.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleBinaryOperator;
import org.espalier.pruning.core.forward.Continuous;
import org.espalier.pruning.core.forward.HardConcrete;
import org.espalier.pruning.core.forward.HardGate;
import org.espalier.pruning.core.forward.HardGate.Surrogate;
import org.espalier.pruning.core.forward.LearnedThreshold;
import org.espalier.pruning.core.forward.SoftThreshold;
import org.espalier.pruning.core.forward.VariationalDropout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What layers see, and its gradients by autograd, against the formulas in double precision and
 * their central differences.
 */
class ValueGradientTest {

  /** Units of a 4 x 6 tensor by input channel: weight i belongs to unit i % 6. */
  private static final int INPUTS = 6;

  /** One trained number per weight. */
  private static void checkSingles(Bench bench, DoubleBinaryOperator seen, double tolerance) {
    bench.pass();
    float[] trained = bench.trained();
    for (int i = 0; i < bench.weights.length; i++) {
      double w = bench.weights[i];
      double t = trained[i];
      assertEquals(seen.applyAsDouble(w, t), bench.value[i], tolerance, "value " + i);
      assertEquals(
          bench.c[i] * Bench.slope(x -> seen.applyAsDouble(x, t), w),
          bench.weightGradient[i],
          tolerance,
          "weight " + i);
      assertEquals(
          bench.c[i] * Bench.slope(x -> seen.applyAsDouble(w, x), t),
          bench.trainedGradient[i],
          tolerance,
          "trained " + i);
    }
  }

  @Test
  void softThreshold() {
    try (Bench bench = new Bench(new SoftThreshold(-1, 0), "unstructured", 5, 7)) {
      bench.pass();
      double gradient = 0;
      for (int i = 0; i < bench.weights.length; i++) {
        double w = bench.weights[i];
        assertEquals(SoftThreshold.value(w, -1), bench.value[i], 1e-6);
        assertEquals(
            bench.c[i] * Bench.slope(x -> SoftThreshold.value(x, -1), w),
            bench.weightGradient[i],
            1e-5);
        gradient += bench.c[i] * Bench.slope(s -> SoftThreshold.value(w, s), -1);
      }
      assertEquals(gradient, bench.trainedGradient[0], 1e-5);
      // The formula of the paper: -g'(s) sum of sign(w) over |w| > g(s); g(-1) = 0.268941.
      double paper = 0;
      for (int i = 0; i < bench.weights.length; i++) {
        if (Math.abs(bench.weights[i]) > 0.268941421) {
          paper -= 0.268941421 * 0.731058579 * Math.signum(bench.weights[i]) * bench.c[i];
        }
      }
      assertEquals(paper, bench.trainedGradient[0], 1e-5);
    }
  }

  /** At the usual start the threshold is 0 and nothing pulls on it. */
  @Test
  void softThresholdStartsAsNothing() {
    try (Bench bench = new Bench(new SoftThreshold(-3200, 0), "unstructured", 5, 7)) {
      bench.pass();
      for (int i = 0; i < bench.weights.length; i++) {
        assertEquals(bench.weights[i], bench.value[i]);
        assertEquals(bench.c[i], bench.weightGradient[i]);
      }
      assertEquals(0, bench.trainedGradient[0] + 0f);
    }
  }

  @Test
  void learnedThreshold() {
    LearnedThreshold rule = new LearnedThreshold(0.3, 1, 0.8);
    try (Bench bench = new Bench(rule, "unstructured", 5, 7)) {
      bench.pass();
      double variance = LearnedThreshold.variance(bench.weights);
      double gradient = 0;
      for (int i = 0; i < bench.weights.length; i++) {
        double w = bench.weights[i];
        double gate = rule.gate(w, 0.8f, variance);
        assertEquals(w * gate, bench.value[i], 1e-5);
        assertEquals(bench.c[i] * gate, bench.weightGradient[i], 1e-5);
        gradient += bench.c[i] * Bench.slope(t -> w * rule.gate(w, t, variance), 0.8f);
      }
      assertEquals(gradient, bench.trainedGradient[0], 1e-4);
    }
  }

  @Test
  void continuousSparsification() {
    try (Bench bench = new Bench(new Continuous(10, 200, 1, 0), "unstructured", 5, 7)) {
      bench.spread(0, 0.5);
      // 3 of 10 steps: 200^0.3
      double beta = Math.pow(200, 0.3);
      checkSingles(bench, (w, s) -> w / (1 + Math.exp(-beta * s)), 2e-5);
    }
  }

  @Test
  void noise() {
    float[] eps = Bench.noise().normal(35);
    try (Bench bench = new Bench(new VariationalDropout(1, 0, 3, -2), "unstructured", 5, 7)) {
      bench.spread(-2, 1);
      bench.pass();
      float[] trained = bench.trained();
      for (int i = 0; i < eps.length; i++) {
        int j = i;
        double w = bench.weights[i];
        assertEquals(w + Math.exp(trained[i] / 2) * eps[i], bench.value[i], 1e-5);
        assertEquals(bench.c[i], bench.weightGradient[i]);
        assertEquals(
            bench.c[i] * Bench.slope(t -> Math.exp(t / 2) * eps[j], trained[i]),
            bench.trainedGradient[i],
            1e-5);
      }
    }
  }

  @Test
  void gatesOfUnits() {
    try (Bench bench = new Bench(new HardConcrete(1, 1, 0.5, 0), "input-channel", 4, INPUTS)) {
      bench.spread(0, 2);
      bench.pass();
      float[] u =
          Bench.noise().uniform(INPUTS, HardConcrete.NOISE_EDGE, 1 - HardConcrete.NOISE_EDGE);
      float[] logAlpha = bench.trained();
      double[] gradient = new double[INPUTS];
      int inside = 0;
      for (int i = 0; i < bench.weights.length; i++) {
        int unit = i % INPUTS;
        double w = bench.weights[i];
        double z = HardConcrete.gate(u[unit], logAlpha[unit]);
        inside += z > 0 && z < 1 ? 1 : 0;
        assertEquals(w * z, bench.value[i], 1e-5);
        assertEquals(bench.c[i] * z, bench.weightGradient[i], 1e-5);
        gradient[unit] +=
            bench.c[i] * w * Bench.slope(a -> HardConcrete.gate(u[unit], a), logAlpha[unit]);
      }
      for (int unit = 0; unit < INPUTS; unit++) {
        assertEquals(gradient[unit], bench.trainedGradient[unit], 1e-5);
      }
      assertTrue(inside > 0 && inside < bench.weights.length, "cut and uncut gates");
    }
  }

  /** A step function has no derivative: the surrogate's stands in. */
  @ParameterizedTest
  @EnumSource(Surrogate.class)
  void hardGates(Surrogate surrogate) {
    try (Bench bench = new Bench(new HardGate(surrogate, 1, 0), "input-channel", 4, INPUTS)) {
      bench.spread(0, 2);
      bench.pass();
      float[] m = bench.trained();
      double[] gradient = new double[INPUTS];
      for (int i = 0; i < bench.weights.length; i++) {
        int unit = i % INPUTS;
        float w = bench.weights[i];
        assertEquals(m[unit] > 0 ? w : 0, bench.value[i] + 0f);
        assertEquals(m[unit] > 0 ? bench.c[i] : 0, bench.weightGradient[i] + 0f);
        double carrier = surrogate.bySign() ? Math.signum(w) : w;
        gradient[unit] += bench.c[i] * carrier * surrogateSlope(surrogate, m[unit]);
      }
      for (int unit = 0; unit < INPUTS; unit++) {
        assertEquals(gradient[unit], bench.trainedGradient[unit], 1e-5);
      }
    }
  }

  /** Central differences of the four functions. */
  private static double surrogateSlope(Surrogate surrogate, double m) {
    double slope =
        switch (surrogate) {
          case IDENTITY -> Bench.slope(x -> x, m);
          case CLIPPED -> Bench.slope(x -> Math.max(-1, Math.min(1, x)), m);
          case LEAKY_RELU -> Bench.slope(x -> Math.max(x, 0.01 * x), m);
          case SOFTPLUS -> Bench.slope(x -> Math.log1p(Math.exp(x)), m);
        };
    assertEquals(slope, surrogate.slope(m), 1e-8);
    return slope;
  }
}
