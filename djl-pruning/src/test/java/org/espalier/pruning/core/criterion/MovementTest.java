package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class MovementTest {

  private static final WeightTensor WEIGHTS =
      WeightTensor.of("w", new int[] {3}, new float[] {2, -1, 0});

  private static WeightTensor gradient(float... numbers) {
    return WEIGHTS.with(Statistic.GRADIENT, numbers);
  }

  private static Recipe recipe(String criterion) {
    return Recipe.parse(
        "{schedule: {type: one-shot, target: 0.9}, criterion: %s}".formatted(criterion));
  }

  @Test
  void twoStepsByHand() {
    Movement criterion = new Movement(false, 0.5, 0);
    double[] track = new double[3];
    // g w = (2 -4 0): the first moves to zero, the second away from it, the dead one not at all
    track = criterion.track(track, gradient(1, 4, 7), 0.1);
    assertArrayEquals(new double[] {-1, 2, 0}, track);
    // g w = (-6 1 0)
    track = criterion.track(track, gradient(-3, -1, 7), 0.9);
    assertArrayEquals(new double[] {2, 1.5, 0}, track);
    assertArrayEquals(track, criterion.score(WEIGHTS.withTrack(track)).toDoubles());
  }

  @Test
  void softScoresAreSigmoids() {
    double[] track = {0, Math.log(3), -Math.log(9)};
    double[] scores = new Movement(true, 0.01, 0).score(WEIGHTS.withTrack(track)).toDoubles();
    assertArrayEquals(new double[] {0.5, 0.75, 0.1}, scores, 1e-15);
    assertEquals(Math.log(3), track[1]);
  }

  @Test
  void thePenaltyPullsByTheSlopeOfTheSigmoid() {
    // σ (1 - σ) at σ = 0.5, 0.75, 0.1 is 0.25, 0.1875, 0.09; rate 0.5, λ = 4, g = 0
    double[] track = {0, Math.log(3), -Math.log(9)};
    double[] next = new Movement(true, 0.5, 4).track(track.clone(), gradient(0, 0, 0), 0.1);
    assertArrayEquals(new double[] {-0.5, Math.log(3) - 0.375, -Math.log(9) - 0.18}, next, 1e-15);
  }

  @Test
  void thePenaltyOfExtremeScoresVanishes() {
    double[] far = {1000, -1000, 0};
    double[] next = new Movement(true, 0.5, 4).track(far.clone(), gradient(0, 0, 0), 0.1);
    assertArrayEquals(new double[] {1000, -1000, -0.5}, next);
  }

  @Test
  void recipes() {
    Recipe hard = recipe("movement");
    assertEquals(new Movement(false, 0.01, 0), hard.groups().get(0).criterion());
    Recipe soft = recipe("{type: movement, form: soft, penalty: 2, score_rate: 0.1}");
    assertEquals(new Movement(true, 0.1, 2), soft.groups().get(0).criterion());
    assertEquals(soft, Recipe.parse(soft.canonicalText()));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertEquals(
        "recipe: criterion.penalty: expected 0 in the hard form, found 2.0; correct it",
        assertThrows(InvalidInputException.class, () -> recipe("{type: movement, penalty: 2}"))
            .getMessage());
    assertThrows(InvalidInputException.class, () -> new Movement(true, 0.01, -1));
    assertThrows(InvalidInputException.class, () -> new Movement(true, 0.01, Double.NaN));
    assertThrows(InvalidInputException.class, () -> new Movement(false, 0, 0));
  }
}
