package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;

/** Criteria that estimate what a weight's death does to the loss, against a loss. */
class LossOracleTest {

  private static final int N = TinyNet.WEIGHTS;
  private static final TinyNet NET = new TinyNet(1);
  private static final float[] VALUES = TinyNet.weights(2);
  private static final double[] W = TinyNet.toDoubles(VALUES);
  private static final double[] G = NET.gradient(W);

  /** Step of central differences: their error is about its square, rounding 1e-16 / step. */
  private static final double STEP = 1e-5;

  private static WeightTensor tensor(Statistic statistic, double[] numbers) {
    float[] floats = new float[N];
    for (int i = 0; i < N; i++) {
      floats[i] = (float) numbers[i];
    }
    return WeightTensor.of("w", new int[] {N}, VALUES).with(statistic, floats);
  }

  /** The direction in which weight {@code i} dies. */
  private static double[] death(int i) {
    double[] direction = new double[N];
    direction[i] = -W[i];
    return direction;
  }

  private static double[] randomDirection() {
    SplittableRandom random = new SplittableRandom(3);
    return random.doubles(N, -1, 1).toArray();
  }

  @Test
  void theOracleAgreesWithCentralDifferences() {
    double[] v = randomDirection();
    double[] hv = NET.hessianTimes(W, v);
    double[] ahead = NET.gradient(TinyNet.moved(W, STEP, v));
    double[] behind = NET.gradient(TinyNet.moved(W, -STEP, v));
    for (int i = 0; i < N; i++) {
      double[] axis = new double[N];
      axis[i] = 1;
      double up = NET.loss(TinyNet.moved(W, STEP, axis));
      double down = NET.loss(TinyNet.moved(W, -STEP, axis));
      assertEquals((up - down) / (2 * STEP), G[i], 1e-9);
      assertEquals((ahead[i] - behind[i]) / (2 * STEP), hv[i], 1e-9);
    }
  }

  /** D0: L(w + t d) = L + t gᵀd + t²/2 dᵀHd + O(t³): halving t divides the rest by 4, then 8. */
  @Test
  void taylorExpansionsLeaveErrorsOfTheNextOrder() {
    double[] d = randomDirection();
    double slope = TinyNet.dot(G, d);
    double curvature = TinyNet.dot(d, NET.hessianTimes(W, d));
    for (double t = 0.02; t > 0.004; t /= 2) {
      assertEquals(2, order(d, t, slope, 0), 0.1);
      assertEquals(3, order(d, t, slope, curvature), 0.1);
    }
  }

  /** log2 of the ratio of the expansion's errors at t and t / 2. */
  private static double order(double[] d, double t, double slope, double curvature) {
    double[] errors = new double[2];
    for (int k = 0; k < 2; k++) {
      double step = t / (1 << k);
      double truth = NET.loss(TinyNet.moved(W, step, d)) - NET.loss(W);
      errors[k] = Math.abs(truth - step * slope - step * step / 2 * curvature);
    }
    return Math.log(errors[0] / errors[1]) / Math.log(2);
  }

  @Test
  void signedTaylorIsTheFallOfTheLossAsAWeightStartsToDie() {
    Scores scores = Taylor.SIGNED.score(tensor(Statistic.GRADIENT, G));
    for (int i = 0; i < N; i++) {
      double up = NET.loss(TinyNet.moved(W, STEP, death(i)));
      double down = NET.loss(TinyNet.moved(W, -STEP, death(i)));
      assertEquals(-(up - down) / (2 * STEP), scores.at(i), 1e-8);
    }
  }

  @Test
  void snipIsTheDerivativeWithRespectToAGate() {
    Scores scores = Snip.INSTANCE.score(tensor(Statistic.GRADIENT, G));
    for (int i = 0; i < N; i++) {
      double[] open = W.clone();
      open[i] *= 1 + STEP;
      double[] closed = W.clone();
      closed[i] *= 1 - STEP;
      double derivative = (NET.loss(open) - NET.loss(closed)) / (2 * STEP);
      assertEquals(Math.abs(derivative), scores.at(i), 1e-8);
    }
  }

  /** GraSP: as weight i starts to die, |g|² falls by twice its score. */
  @Test
  void graspIsHalfTheFallOfTheSquaredGradientNorm() {
    double[] hg = NET.hessianTimes(W, G);
    Scores scores = Grasp.INSTANCE.score(tensor(Statistic.HESSIAN_GRADIENT, hg));
    for (int i = 0; i < N; i++) {
      double[] ahead = NET.gradient(TinyNet.moved(W, STEP, death(i)));
      double[] behind = NET.gradient(TinyNet.moved(W, -STEP, death(i)));
      double slope = (TinyNet.dot(ahead, ahead) - TinyNet.dot(behind, behind)) / (2 * STEP);
      assertEquals(-slope / 2, scores.at(i), 1e-8);
    }
  }

  /** The product that finite differences of gradients give ranks as the exact one does. */
  @Test
  void graspFromFiniteDifferencesOfGradientsAgrees() {
    double[] exact = NET.hessianTimes(W, G);
    double epsilon = 1e-4;
    double[] ahead = NET.gradient(TinyNet.moved(W, epsilon, G));
    double[] behind = NET.gradient(TinyNet.moved(W, -epsilon, G));
    double[] estimate = new double[N];
    double error = 0;
    for (int i = 0; i < N; i++) {
      estimate[i] = (ahead[i] - behind[i]) / (2 * epsilon);
      error += Math.pow(estimate[i] - exact[i], 2);
    }
    assertEquals(0, Math.sqrt(error / TinyNet.dot(exact, exact)), 1e-7);
    Scores fromExact = Grasp.INSTANCE.score(tensor(Statistic.HESSIAN_GRADIENT, exact));
    Scores fromEstimate = Grasp.INSTANCE.score(tensor(Statistic.HESSIAN_GRADIENT, estimate));
    assertEquals(fromExact.largest(N / 2)[0], fromEstimate.largest(N / 2)[0]);
  }
}
