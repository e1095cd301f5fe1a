package org.espalier.sparse.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class TotalTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Total total(double... scores) {
    Total total = new Total();
    for (double score : scores) {
      total.add(score);
    }
    return total;
  }

  @Test
  void infinitiesCountBeforeFiniteNumbers() {
    Total[] rising = {
      total(-INFINITY, -INFINITY, 1e300),
      total(-INFINITY, -1e300),
      total(-1),
      total(),
      total(-INFINITY, 2, INFINITY),
      total(INFINITY, -1e300),
      total(INFINITY, INFINITY)
    };
    for (int i = 0; i < rising.length; i++) {
      for (int j = 0; j < rising.length; j++) {
        assertEquals(Integer.compare(i, j), Integer.signum(rising[i].compareTo(rising[j])));
      }
    }
    assertEquals(6, Total.firstLargest(rising));
  }

  @Test
  void tiesKeepTheFirstAndTheTwoZerosTie() {
    assertEquals(1, Total.firstLargest(total(1), total(3), total(1, 2), total(3)));
    assertEquals(0, Total.firstLargest(total(-0d), total(0d)));
    assertEquals(total(-0d), total(0d));
    assertEquals(total(-0d).hashCode(), total(0d).hashCode());
    assertNotEquals(total(1), total(1, INFINITY));
  }

  @Test
  void startsAgain() {
    Total total = total(3, INFINITY);
    total.clear();
    total.add(1);
    assertEquals(total(1), total);
  }
}
