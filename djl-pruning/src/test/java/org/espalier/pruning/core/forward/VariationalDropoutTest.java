package org.espalier.pruning.core.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariationalDropoutTest {

  /** Values of the reference table, which another program has computed. */
  @ParameterizedTest
  @CsvSource({"-8,-4.635899", "-3,-2.11559", "0,-0.431239", "3,-0.02542", "8,-0.000168"})
  void divergenceHasTheKnownValues(double logAlpha, double minusDivergence) {
    assertEquals(minusDivergence, -VariationalDropout.divergence(logAlpha), 1e-6);
  }

  /**
   * The divergence itself: -KL = log(alpha) / 2 - E log|1 + sqrt(alpha) eps| + constant (Kingma,
   * Salimans, Welling 2015, equation 11), with the constant that makes it 0 for alpha to infinity:
   * E log|eps| = -(gamma + ln 2) / 2, gamma = Euler's constant.
   */
  @ParameterizedTest
  @ValueSource(doubles = {-6, -3, -1, 0, 1, 3, 6})
  void approximatesTheIntegral(double logAlpha) {
    double root = Math.exp(logAlpha / 2);
    int cells = 400_000;
    double width = 20.0 / cells;
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      double eps = -10 + (i + 0.5) * width;
      double density = Math.exp(-eps * eps / 2) / Math.sqrt(2 * Math.PI);
      sum += density * Math.log(Math.abs(1 + root * eps)) * width;
    }
    double constant = -(0.57721566490153 + Math.log(2)) / 2;
    double minusDivergence = logAlpha / 2 - sum + constant;
    assertEquals(minusDivergence, -VariationalDropout.divergence(logAlpha), 0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-7.5, -3, -0.5, 0, 2, 7.5})
  void slopeIsTheDerivative(double logAlpha) {
    double h = 1e-5;
    double central =
        (VariationalDropout.divergence(logAlpha + h) - VariationalDropout.divergence(logAlpha - h))
            / (2 * h);
    assertEquals(central, VariationalDropout.slope(logAlpha), 1e-9);
  }

  @Test
  void beyondTheBoundsNothingPulls() {
    assertEquals(0, VariationalDropout.slope(8.1));
    assertEquals(VariationalDropout.divergence(8), VariationalDropout.divergence(20));
  }

  /** alpha = sigma^2 / theta^2: e^-10 over 0.1^2 is -10 + ln 100. */
  @Test
  void alphaIsTheRelativeVariance() {
    assertEquals(-10 + Math.log(100), VariationalDropout.logAlpha(0.1, -10), 1e-5);
  }

  @Test
  void weightOfTheDivergenceRises() {
    VariationalDropout rule = new VariationalDropout(50, 4, 3, -10);
    assertEquals(0.25 / 50, rule.scale(new TrainingTime(0, 0, true)), 1e-15);
    assertEquals(0.75 / 50, rule.scale(new TrainingTime(2, 0, false)), 1e-15);
    assertEquals(1.0 / 50, rule.scale(new TrainingTime(9, 0, false)), 1e-15);
    assertEquals(1.0 / 50, new VariationalDropout(50, 0, 3, -10).scale(TrainingTime.START), 1e-15);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(InvalidInputException.class, () -> new VariationalDropout(0, 0, 3, -10));
    assertThrows(InvalidInputException.class, () -> new VariationalDropout(1, -1, 3, -10));
    assertThrows(InvalidInputException.class, () -> new VariationalDropout(1, 0, 9, -10));
  }
}
