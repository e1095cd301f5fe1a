package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class SnipMomentumTest {

  private static final WeightTensor BEFORE =
      WeightTensor.of("w", new int[] {3}, new float[] {2, -1, 0.5f});

  /** The numbers after steps with |w g| = (2 4 0), (1 0 3). */
  private static double[] afterTwoSteps(TrackingCriterion criterion) {
    double[] track = new double[3];
    track = criterion.track(track, gradient(1, 4, 0), 0.1);
    return criterion.track(track, gradient(-0.5f, 0, 6), 0.01);
  }

  private static WeightTensor gradient(float... numbers) {
    return BEFORE.with(Statistic.GRADIENT, numbers);
  }

  @Test
  void theFormOfTheCodeByHand() {
    // 0.9 * (2 4 0) + (1 0 3)
    assertArrayEquals(new double[] {2.8, 3.6, 3}, afterTwoSteps(new SnipMomentum(0.9, 1.0)), 1e-15);
  }

  @Test
  void theDocumentedFormByHand() {
    assertEquals(new SnipMomentum(1.0, 0.9), SnipMomentum.documented());
    // 0.9 * ((2 4 0) + (1 0 3)): nothing is forgotten
    assertArrayEquals(
        new double[] {2.7, 3.6, 2.7}, afterTwoSteps(SnipMomentum.documented()), 1e-15);
  }

  @Test
  void theScoreIsACopyOfTheTrack() {
    double[] track = {1, 3, 2};
    SnipMomentum criterion = SnipMomentum.documented();
    criterion.score(BEFORE.withTrack(track)).exclude(1);
    assertArrayEquals(new double[] {1, 3, 2}, track);
    assertArrayEquals(track, criterion.score(BEFORE.withTrack(track)).toDoubles());
    assertArrayEquals(new double[3], criterion.score(BEFORE).toDoubles());
  }

  @Test
  void recipesDefaultToTheFormOfTheCode() {
    Recipe recipe =
        Recipe.parse("{schedule: {type: one-shot, target: 0.9}, criterion: snip-momentum}");
    assertEquals(new SnipMomentum(0.9, 1.0), recipe.groups().get(0).criterion());
    assertEquals(recipe, Recipe.parse(recipe.canonicalText()));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertEquals(
        "decay: expected a number in [0, 1], found 1.5; correct it",
        assertThrows(InvalidInputException.class, () -> new SnipMomentum(1.5, 1)).getMessage());
    assertEquals(
        "gain: expected a finite number above 0, found 0.0; correct it",
        assertThrows(InvalidInputException.class, () -> new SnipMomentum(0.9, 0)).getMessage());
    assertThrows(InvalidInputException.class, () -> new SnipMomentum(Double.NaN, 1));
    assertThrows(
        InvalidInputException.class, () -> new SnipMomentum(0.9, Double.POSITIVE_INFINITY));
  }
}
