package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaylorTest {

  private static final int[] SHAPE = {2, 2};

  /** Two batches with gradients (3 -1 2 0) and (-1 -1 2 4). */
  private static final WeightTensor TENSOR =
      WeightTensor.of("w", SHAPE, new float[] {2, 3, -0.5f, 1})
          .with(Statistic.GRADIENT, new float[] {2, -2, 4, 4})
          .with(Statistic.GRADIENT_ABS, new float[] {4, 2, 4, 4});

  private static double[] scores(Taylor form) {
    return form.score(TENSOR).toDoubles();
  }

  @Test
  void formsByHand() {
    assertArrayEquals(new double[] {4, 6, 2, 4}, scores(Taylor.ABSOLUTE));
    // the first weight's gradients cancel in part; here they do not
    assertArrayEquals(new double[] {8, 6, 2, 4}, scores(Taylor.ABSOLUTE_PER_BATCH));
    assertArrayEquals(new double[] {16, 36, 4, 16}, scores(Taylor.SQUARED));
    assertArrayEquals(new double[] {4, -6, -2, 4}, scores(Taylor.SIGNED));
  }

  @Test
  void signedWithSquaredSumIsTheSquaredFormOfASingleWeight() {
    Scores units =
        Unstructured.INSTANCE.unitScores(Taylor.SIGNED.score(TENSOR), SHAPE, Aggregate.SQUARED_SUM);
    assertArrayEquals(scores(Taylor.SQUARED), units.toDoubles());
  }

  @Test
  void groupFormsOfChannelsByHand() {
    SparsityPattern channel = SparsityPattern.parse("channel");
    // channels with g w = (4 -6), (-2 4): (Σ g w)² = 4, 4 and Σ (g w)² = 16 + 36, 4 + 16
    assertArrayEquals(
        new double[] {4, 4},
        channel.unitScores(Taylor.SIGNED.score(TENSOR), SHAPE, Aggregate.SQUARED_SUM).toDoubles());
    assertArrayEquals(
        new double[] {52, 20},
        channel.unitScores(Taylor.SQUARED.score(TENSOR), SHAPE, Aggregate.SUM).toDoubles());
  }

  @Test
  void absoluteRanksAsSnip() {
    assertArrayEquals(
        Snip.INSTANCE.score(TENSOR).toDoubles(), Taylor.ABSOLUTE.score(TENSOR).toDoubles());
  }

  @Test
  void eachFormNeedsOneGradient() {
    assertEquals(Set.of(Statistic.GRADIENT), Taylor.ABSOLUTE.needs());
    assertEquals(Set.of(Statistic.GRADIENT_ABS), Taylor.ABSOLUTE_PER_BATCH.needs());
    assertEquals(Set.of(Statistic.GRADIENT), Taylor.SQUARED.needs());
    assertEquals(Set.of(Statistic.GRADIENT), Taylor.SIGNED.needs());
  }

  @ParameterizedTest
  @EnumSource
  void recipesNameTheForm(Taylor form) {
    String text =
        "{schedule: {type: one-shot, target: 0.9}, criterion: {type: taylor, form: %s}}"
            .formatted(form.parameters().get("form"));
    Recipe recipe = Recipe.parse(text);
    assertEquals(form, recipe.groups().get(0).criterion());
    assertEquals(recipe, Recipe.parse(recipe.canonicalText()));
  }

  @Test
  void otherFormsAreRefused() {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () ->
                Recipe.parse(
                    "{schedule: {type: one-shot, target: 0.9},"
                        + " criterion: {type: taylor, form: cubed}}"));
    assertEquals(
        "recipe: criterion.form: expected one of absolute, absolute-per-batch, squared, signed,"
            + " found 'cubed'; correct this key",
        error.getMessage());
  }
}
