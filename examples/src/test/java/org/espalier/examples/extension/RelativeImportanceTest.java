package org.espalier.examples.extension;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class RelativeImportanceTest {

  @Test
  void recipesFindItByName() {
    Recipe recipe =
        Recipe.parse("{schedule: {type: one-shot, target: 0.5}, criterion: relative-importance}");
    assertSame(RelativeImportance.INSTANCE, recipe.groups().get(0).criterion());
  }

  @Test
  void comparesWithRowAndColumn() {
    // |w|: rows (1, 3) and (0, 4), sums 4 and 4; columns sum to 1 and 7
    WeightTensor tensor = WeightTensor.of("w", new int[] {2, 2}, new float[] {-1, 3, 0, 4});
    double[] expected = {1 / 4.0 + 1 / 1.0, 3 / 4.0 + 3 / 7.0, 0, 4 / 4.0 + 4 / 7.0};
    assertArrayEquals(expected, RelativeImportance.INSTANCE.score(tensor).toDoubles(), 0);
  }

  @Test
  void convolutionsUseTheMatrixView() {
    // one filter of two 1x2 kernels: a row of four; every column has one entry
    WeightTensor tensor = WeightTensor.of("w", new int[] {1, 2, 1, 2}, new float[] {1, -2, 0, 5});
    double[] expected = {1 / 8.0 + 1, 2 / 8.0 + 1, 0, 5 / 8.0 + 1};
    assertArrayEquals(expected, RelativeImportance.INSTANCE.score(tensor).toDoubles(), 0);
  }
}
