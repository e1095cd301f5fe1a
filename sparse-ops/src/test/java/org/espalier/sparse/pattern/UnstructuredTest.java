package org.espalier.sparse.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void everyTensorFitsAndEveryMaskSatisfies() {
    assertTrue(Unstructured.INSTANCE.misfit(new int[] {7}).isEmpty());
    assertTrue(Unstructured.INSTANCE.satisfiedBy(Mask.ofBytes(new byte[] {1, 0, 0}, 3)));
  }
}
