package org.espalier.pruning.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.lifecycle.Fraction.Anneal;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class FractionTest {

  /** Evci et al. 2020: f(t) = .15 (1 + cos(π t / T)). */
  @Test
  void riglByHand() {
    Fraction f = new Fraction(0.3, 0, Anneal.COSINE);
    assertEquals(0.3, f.at(0));
    assertEquals(0.15, f.at(0.5), 1e-15);
    assertEquals(0, f.at(1));
    // cos(π / 3) = 1/2, cos(2 π / 3) = -1/2
    assertEquals(0.225, f.at(1 / 3.0), 1e-15);
    assertEquals(0.075, f.at(2 / 3.0), 1e-15);
  }

  @Test
  void otherWaysByHand() {
    Fraction snfs = new Fraction(0.5, 0.005, Anneal.COSINE);
    assertEquals(0.5, snfs.at(0), 1e-15);
    assertEquals(0.2525, snfs.at(0.5), 1e-15);
    assertEquals(0.005, snfs.at(1));
    assertEquals(0.15, new Fraction(0.2, 0.1, Anneal.LINEAR).at(0.5), 1e-15);
    // .1 + .1 (1/2)³
    assertEquals(0.1125, new Fraction(0.2, 0.1, Anneal.CUBIC).at(0.5), 1e-15);
    assertEquals(0.2, new Fraction(0.2, 0.1, Anneal.CONSTANT).at(0.5));
    assertEquals(Fraction.constant(0.2), new Fraction(0.2, 0.1, Anneal.CONSTANT));
  }

  /** Where binary arithmetic would lose one: 0.29 * 100 = 28.999999999999996. */
  @Test
  void countsAreThoseOfDecimals() {
    assertEquals(29, Fraction.count(0.29, 100));
    assertEquals(3, Fraction.count(0.3, 10));
    assertEquals(2, Fraction.count(0.3, 9));
    assertEquals(15, Fraction.count(new Fraction(0.3, 0, Anneal.COSINE).at(0.5), 100));
    assertEquals(0, Fraction.count(0, 7));
    assertEquals(7, Fraction.count(1, 7));
  }

  @Test
  void whatIsNoFractionIsRefused() {
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> Fraction.constant(1.5));
    assertEquals(
        "fraction: expected a fraction in [0, 1], found 1.5; 0.3 drops three of ten",
        error.getMessage());
    assertEquals(
        "fraction_end",
        assertThrows(
                InvalidInputException.class, () -> new Fraction(0.3, Double.NaN, Anneal.COSINE))
            .place());
  }
}
