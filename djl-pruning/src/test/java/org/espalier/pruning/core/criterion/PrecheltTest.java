package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;

class PrecheltTest {

  private static Scores score(double eta, float[] weights, float... samples) {
    return new Prechelt(eta)
        .score(
            WeightTensor.of("w", new int[] {1, weights.length}, weights)
                .with(Statistic.GRADIENT_SAMPLES, samples));
  }

  /** By hand, three examples with one row of two gradients each. */
  @Test
  void ratioOfTheSumToItsSpread() {
    Scores scores = score(0.5, new float[] {1, -2}, 1, 0.5f, -1, 0.5f, 3, 2);
    // S = (1 - .5) + (1 + .5) + (1 - 1.5) = 1.5; mean 1, squares 0 + 4 + 4, D = .5 sqrt(8)
    assertEquals(Math.log(1.5 / Math.sqrt(2)), scores.at(0), 1e-15);
    // S = -6 - .5 (3) = -7.5; mean 1, squares .25 + .25 + 1, D = .5 sqrt(1.5)
    assertEquals(Math.log(15 / Math.sqrt(1.5)), scores.at(1), 1e-15);
  }

  @Test
  void scoresAreFinite() {
    // no spread, w at 0 without gradient, S = 2 - (1 + 3) / 2 = 0, and a weight like others
    Scores scores = score(0.5, new float[] {3, 0, 1, 1}, 1, 0, 1, 0, 1, 0, 3, 1);
    assertEquals(Math.log(Double.MAX_VALUE), scores.at(0));
    assertEquals(Math.log(Double.MIN_VALUE), scores.at(1));
    assertEquals(Math.log(Double.MIN_VALUE), scores.at(2));
    // S = 1 + .5, D = .5 sqrt(.5)
    assertEquals(Math.log(3 / Math.sqrt(0.5)), scores.at(3), 1e-15);
  }

  @Test
  void needsTheGradientOfEachExample() {
    assertEquals(Set.of(Statistic.GRADIENT_SAMPLES), new Prechelt(0.1).needs());
  }

  @Test
  void recipesNameTheStep() {
    Recipe recipe =
        Recipe.parse(
            "{schedule: {type: lprune, limit: 0.9, unit: epoch}, allocation: threshold,"
                + " criterion: {type: prechelt, eta: 0.01}}");
    assertEquals(new Prechelt(0.01), recipe.groups().get(0).criterion());
    assertEquals(recipe, Recipe.parse(recipe.canonicalText()));
  }

  @Test
  void stepsArePositive() {
    for (double eta : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(InvalidInputException.class, () -> new Prechelt(eta));
    }
  }
}
