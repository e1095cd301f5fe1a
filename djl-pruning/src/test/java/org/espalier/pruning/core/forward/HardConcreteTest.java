package org.espalier.pruning.core.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardConcreteTest {

  private static final HardConcrete RULE = new HardConcrete(0.3, 100, 0.5, 0.02);

  /** The value of docs: 1 / (1 + 11^(-2/3)), as log alpha = 0 and -gamma / zeta = 1 / 11. */
  @Test
  void gateIsOpenWithTheKnownProbability() {
    assertEquals(0.831822, HardConcrete.open(0), 5e-7);
    assertEquals(1 / (1 + Math.pow(11, -2.0 / 3)), HardConcrete.open(0), 1e-15);
  }

  /** By hand: u = 1/2 has no noise, so z = sigmoid(log alpha / beta) 1.2 - 0.1. */
  @Test
  void gatesAreStretchedAndCut() {
    assertEquals(0.5, HardConcrete.gate(0.5, 0), 1e-15);
    // sigmoid(1.5 ln 4) = 8 / 9
    assertEquals(8 / 9.0 * 1.2 - 0.1, HardConcrete.gate(0.5, Math.log(4)), 1e-15);
    assertEquals(0, HardConcrete.gate(1e-6, 0));
    assertEquals(1, HardConcrete.gate(1 - 1e-6, 0));
    // sigmoid(ln(1/11)) = 1/12, stretched 1.2 / 12 - 0.1 = 0: the last closed gate
    assertEquals(0, HardConcrete.settledGate(-Math.log(11) - 1e-9));
    assertEquals(0.5, HardConcrete.settledGate(0), 1e-15);
  }

  /** A million draws: three deviations of the mean of a Bernoulli variable are 0.0015 at most. */
  @ParameterizedTest
  @ValueSource(doubles = {-3, -1, 0, 0.5, 2})
  void drawsAgreeWithTheProbabilityAndTheMean(double logAlpha) {
    int draws = 1_000_000;
    float[] u = new Noise(3, "layer", 7, 0).uniform(draws, 0, 1);
    int open = 0;
    double sum = 0;
    for (float draw : u) {
      double z = HardConcrete.gate(draw, logAlpha);
      open += z != 0 ? 1 : 0;
      sum += z;
    }
    assertEquals(HardConcrete.open(logAlpha), (double) open / draws, 1.5e-3);
    assertEquals(mean(logAlpha), sum / draws, 1.5e-3);
  }

  /** E[z] as the integral over u, by the midpoint rule: independent of the draws. */
  private static double mean(double logAlpha) {
    int cells = 200_000;
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      double u = (i + 0.5) / cells;
      double odds = Math.pow(u / (1 - u) * Math.exp(logAlpha), 1.5);
      sum += Math.min(1, Math.max(0, odds / (1 + odds) * 1.2 - 0.1));
    }
    return sum / cells;
  }

  /** lambda 0.3, decay 0.02, 5 weights with squares 2: price (1.5 + 0.02) / 100 of P = 0.831822. */
  @Test
  void penaltyIsThePriceOfOpenGates() {
    assertEquals(0.831822 * 1.52 / 100, RULE.penalty(0, 5, 2), 1e-8);
    double h = 1e-5;
    for (double logAlpha : new double[] {-4, -0.5, 0, 3}) {
      double central =
          (RULE.penalty(logAlpha + h, 5, 2) - RULE.penalty(logAlpha - h, 5, 2)) / (2 * h);
      assertEquals(central, RULE.slope(logAlpha, 5, 2), 1e-11);
    }
  }

  @Test
  void startFollowsTheDropRate() {
    assertEquals(0, RULE.start());
    // ln(0.8 / 0.2)
    assertEquals(Math.log(4), new HardConcrete(0.1, 1, 0.2, 0).start(), 1e-15);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(InvalidInputException.class, () -> new HardConcrete(-0.1, 1, 0.5, 0));
    assertThrows(InvalidInputException.class, () -> new HardConcrete(0.1, 0, 0.5, 0));
    assertThrows(InvalidInputException.class, () -> new HardConcrete(0.1, 1, 1, 0));
    assertThrows(InvalidInputException.class, () -> new HardConcrete(0.1, 1, 0.5, -1));
  }
}
