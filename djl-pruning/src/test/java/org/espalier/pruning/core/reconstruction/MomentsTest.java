package org.espalier.pruning.core.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MomentsTest {

  /** Rows (1, 2), (3, -1), (2, 5). */
  @Test
  void sumsByHand() {
    Moments moments = Rows.moments(new double[][] {{1, 2}, {3, -1}, {2, 5}});
    assertEquals(3, moments.rows());
    assertEquals(1 + 9 + 4, moments.product(0, 0));
    assertEquals(2 - 3 + 10, moments.product(0, 1));
    assertEquals(2 - 3 + 10, moments.product(1, 0));
    assertEquals(6, moments.product(2, 0));
    assertEquals(3, moments.product(2, 2));
    assertEquals(2, moments.mean(0));
    assertEquals(10, moments.meanSquare(1));
    assertEquals(9.0 / 3 - 2 * 2, moments.covariance(0, 1), 1e-15);
  }
}
