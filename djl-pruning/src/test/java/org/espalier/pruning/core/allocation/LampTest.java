package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;

class LampTest {

  private static UnitScores units(String name, double... scores) {
    return new UnitScores(
        new TensorInfo(name, new int[] {scores.length}, true), Scores.of(scores), 1);
  }

  private static double[] sparsities(double sparsity, UnitScores... tensors) {
    return new Lamp(Terms.DEFAULT).sparsities(new Demand.Sparsity(sparsity), List.of(tensors));
  }

  @Test
  void ranksWhatStandsAgainstItsOwnTensor() {
    // a: 1/1, 16/(9+16)... squares 9, 16: 16/16 = 1, 9/25 = .36; b, ten times as large: 1, .0099
    UnitScores a = units("a", 3, 4);
    UnitScores b = units("b", 10, 100);
    // kept 2 of 4: both best ones; kept 3: a's 3 before b's 10, though 10 > 3
    assertArrayEquals(new double[] {0.5, 0.5}, sparsities(0.5, a, b));
    assertArrayEquals(new double[] {0, 0.5}, sparsities(0.25, a, b));
  }

  @Test
  void deadUnitsAndZerosComeLast() {
    UnitScores a = units("a", Double.NEGATIVE_INFINITY, 1, 1);
    UnitScores b = units("b", 0, 5, 1);
    // LAMP: a: -inf, .5, 1; b: 0, 1, 1/26; kept 3: 1, 1, .5
    assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0}, sparsities(0.5, a, b), 1e-15);
  }

  @Test
  void equalsTheCriterionLampUnderGlobal() {
    SplittableRandom random = new SplittableRandom(9);
    List<TensorInfo> tensors =
        List.of(
            new TensorInfo("a", new int[] {30, 20}, true),
            new TensorInfo("b", new int[] {20, 10}, true));
    List<float[]> values = List.of(new float[600], new float[200]);
    for (float[] array : values) {
      for (int i = 0; i < array.length; i++) {
        array[i] = Math.round(random.nextDouble(-20, 20)) / 8f;
      }
    }
    PruningState paper = prune("criterion: lamp, allocation: global", tensors, values);
    assertEquals(paper, prune("criterion: magnitude, allocation: lamp", tensors, values));
    assertEquals(80, paper.keptCount());
  }

  private static PruningState prune(String keys, List<TensorInfo> tensors, List<float[]> values) {
    Recipe recipe = Recipe.parse("{%s, schedule: {type: one-shot, target: 0.9}}".formatted(keys));
    return Pruner.next(
        Binding.of(recipe, tensors),
        PruningState.EMPTY,
        (t, masks) ->
            WeightTensor.of(t.name(), t.shape(), values.get(t.name().equals("a") ? 0 : 1)));
  }

  @Test
  void refusesScoresWithASign() {
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> sparsities(0.5, units("w", 1, -2)));
    assertEquals(
        "allocation: expected scores of at least 0 for 'lamp', found -2.0 in w; choose a criterion"
            + " whose scores have no sign, or the allocation global",
        error.getMessage());
  }
}
