package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class TaylorAverageTest {

  private static final WeightTensor WEIGHTS =
      WeightTensor.of("w", new int[] {2}, new float[] {2, -1});

  @Test
  void threeStepsByHand() {
    TaylorAverage criterion = new TaylorAverage(0.5);
    double[] track = new double[2];
    // (g w)² = (4 16), (4 0), (0 36)
    float[][] gradients = {{1, 4}, {-1, 0}, {0, 6}};
    double[][] expected = {{2, 8}, {3, 4}, {1.5, 20}};
    for (int step = 0; step < 3; step++) {
      track = criterion.track(track, WEIGHTS.with(Statistic.GRADIENT, gradients[step]), 0.1);
      assertArrayEquals(expected[step], track);
    }
    assertArrayEquals(expected[2], criterion.score(WEIGHTS.withTrack(track)).toDoubles());
  }

  @Test
  void scoresLeaveTheTrackAlone() {
    double[] track = {1, 2};
    new TaylorAverage(0.9).score(WEIGHTS.withTrack(track)).exclude(0);
    assertArrayEquals(new double[] {1, 2}, track);
  }

  @Test
  void theMomentumIsCheckedAndDefaultsToThePapers() {
    Recipe recipe =
        Recipe.parse("{schedule: {type: one-shot, target: 0.9}, criterion: taylor-average}");
    assertEquals(new TaylorAverage(0.9), recipe.groups().get(0).criterion());
    assertEquals(recipe, Recipe.parse(recipe.canonicalText()));
    assertEquals(
        "momentum: expected a number in [0, 1), found 1.0; correct it",
        assertThrows(InvalidInputException.class, () -> new TaylorAverage(1)).getMessage());
    assertThrows(InvalidInputException.class, () -> new TaylorAverage(-0.1));
  }
}
