package org.espalier.sparse.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;

class UnstructuredTest {

  private static final int[] SHAPE = {2, 3};

  @Test
  void keepsTheBestWeights() {
    Scores scores = Scores.of(5f, 1f, 4f, 1f, 9f, 2f);
    SparsityPattern pattern = Unstructured.INSTANCE;
    pattern.requireFits("w", SHAPE);
    assertEquals(6, pattern.units(SHAPE));
    assertEquals(3, pattern.kept(0.5, SHAPE));
    Mask mask = pattern.best(pattern.unitScores(scores, SHAPE, Aggregate.SUM), SHAPE, 3);
    assertEquals(Mask.ofBytes(new byte[] {1, 0, 1, 0, 1, 0}, SHAPE), mask);
  }

  @Test
  void textFormRoundTrips() {
    assertSame(Unstructured.INSTANCE, SparsityPattern.parse(Unstructured.INSTANCE.text()));
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> SparsityPattern.parse("3:4:5"));
    assertEquals(
        "pattern: expected unstructured, found '3:4:5'; use one of the patterns named above",
        error.getMessage());
  }
}
