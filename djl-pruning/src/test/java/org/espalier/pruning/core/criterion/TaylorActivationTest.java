package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;

class TaylorActivationTest {

  private static double[] scores(boolean normalize, int[] shape, float... means) {
    WeightTensor tensor =
        WeightTensor.of("w", shape, new float[shape[0] * shape[1]])
            .with(Statistic.ACTIVATION_TAYLOR, means);
    return new TaylorActivation(normalize).score(tensor).toDoubles();
  }

  @Test
  void layersAreNormalizedByHand() {
    // norm of (3 -4) is 5
    assertArrayEquals(
        new double[] {0.6, 0.6, 0.6, 0.8, 0.8, 0.8}, scores(true, new int[] {2, 3, 1, 1}, 3, -4));
  }

  @Test
  void theMeanOfAChannelIsTheScoreOfItsFeatureMap() {
    int[] shape = {2, 4};
    Scores scores =
        new TaylorActivation(true)
            .score(
                WeightTensor.of("w", shape, new float[8])
                    .with(Statistic.ACTIVATION_TAYLOR, new float[] {3, -4}));
    assertArrayEquals(
        new double[] {0.6, 0.8},
        SparsityPattern.parse("channel").unitScores(scores, shape, Aggregate.MEAN).toDoubles(),
        1e-15);
  }

  @Test
  void orNot() {
    assertArrayEquals(new double[] {3, 3, 4, 4}, scores(false, new int[] {2, 2}, 3, -4));
  }

  @Test
  void aLayerOfZerosIsNoNaN() {
    assertArrayEquals(new double[4], scores(true, new int[] {2, 2}, 0, 0));
  }

  @Test
  void theNormOfTinyMeansDoesNotVanish() {
    // the squares, 1e-80, are far below the range of floats
    assertArrayEquals(
        new double[] {Math.sqrt(0.5), Math.sqrt(0.5)},
        scores(true, new int[] {2, 1}, 1e-40f, -1e-40f),
        1e-15);
  }

  @Test
  void recipesNormalizeUnlessToldNotTo() {
    Recipe recipe =
        Recipe.parse("{schedule: {type: one-shot, target: 0.9}, criterion: taylor-activation}");
    assertEquals(new TaylorActivation(true), recipe.groups().get(0).criterion());
    assertEquals(recipe, Recipe.parse(recipe.canonicalText()));
    assertEquals(Set.of(Statistic.ACTIVATION_TAYLOR), new TaylorActivation(false).needs());
  }
}
