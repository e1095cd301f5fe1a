package org.espalier.pruning.structured.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class FloorTest {

  @Test
  void oneStays() {
    assertEquals(1, Floor.ONE.kept(0, 5));
    assertEquals(3, Floor.ONE.kept(3, 5));
    assertEquals(5, Floor.ONE.kept(5, 5));
  }

  @Test
  void groupsThatAreSmallerThanTheMinimumLoseNothing() {
    assertEquals(3, new Floor(4, 1).kept(1, 3));
    assertEquals(4, new Floor(4, 1).kept(1, 9));
  }

  @Test
  void countsAreRoundedUp() {
    Floor eights = new Floor(1, 8);
    assertEquals(8, eights.kept(0, 64));
    assertEquals(16, eights.kept(9, 64));
    assertEquals(16, eights.kept(16, 64));
    assertEquals(64, eights.kept(57, 64));
    // 20 is no multiple: 17 to 20 would need 24.
    assertEquals(20, eights.kept(17, 20));
    assertEquals(16, eights.kept(16, 20));
    assertEquals(6, eights.kept(1, 6));
    assertEquals(16, new Floor(9, 8).kept(1, 64));
  }

  @Test
  void refusesNumbersBelowOne() {
    assertThrows(InvalidInputException.class, () -> new Floor(0, 1));
    assertThrows(InvalidInputException.class, () -> new Floor(1, 0));
  }
}
