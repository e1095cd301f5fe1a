package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The group lasso: its proximal map by hand, its fixed point by the conditions of optimality. */
class ProximalStepTest {

  @Test
  void shrinkingShortensAVector() {
    double[] weights = {3, -4};
    ProximalStep.shrink(weights, 1);
    // The norm is 5, so that 1 - 1/5 is left.
    assertArrayEquals(new double[] {2.4, -3.2}, weights, 1e-15);
    ProximalStep.shrink(weights, 4);
    assertArrayEquals(new double[2], weights);
    ProximalStep.shrink(weights, 4);
    assertArrayEquals(new double[2], weights);
  }

  @Test
  void trainingEndsWhereTheSubgradientVanishes() {
    double decay = 0.01;
    double penalty = 0.1;
    double bound = penalty * Math.sqrt(Tiny.HIDDEN);
    Perceptron network = Tiny.network(false);
    TrainingSet data = Tiny.data(false);
    Gradient gradient = new Gradient(network);
    ProximalStep step = new ProximalStep(network, 0.05, decay);
    step.setPenalty(penalty);
    int[] order = {0, 1, 2, 3, 4};
    for (int n = 0; n < 20_000; n++) {
      gradient.compute(data, order, 0, 5);
      step.apply(network, gradient);
    }
    gradient.compute(data, order, 0, 5);
    int dead = 0;
    for (int i = 0; i < Tiny.INPUTS; i++) {
      double[] weights = network.from(i);
      double norm = ProximalStep.norm(weights);
      if (norm == 0) {
        dead++;
        assertTrue(ProximalStep.norm(gradient.from(i)) <= bound);
      } else {
        for (int j = 0; j < weights.length; j++) {
          double slope = gradient.from(i)[j] + decay * weights[j] + bound * weights[j] / norm;
          assertEquals(0, slope, 1e-6);
        }
      }
    }
    assertTrue(dead > 0 && dead < Tiny.INPUTS, "dead inputs: " + dead);
  }
}
