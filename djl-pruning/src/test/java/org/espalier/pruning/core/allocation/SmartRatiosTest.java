package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class SmartRatiosTest {

  /** Three tensors of 100 weights: ratios 9 + 3 = 12, 4 + 2 = 6, and the last fixed at 0.3. */
  private static final List<UnitScores> LAYERS =
      Layers.of(new int[] {10, 10}, new int[] {10, 10}, new int[] {10, 10});

  private static double[] sparsities(double sparsity) {
    return Layers.sparsities(SmartRatios.usual(), sparsity, LAYERS);
  }

  @Test
  void densitiesFollowTheSquares() {
    // 90 allowed, 30 of them for the last: 1800 epsilon = 60
    assertArrayEquals(new double[] {0.6, 0.8, 0.7}, sparsities(0.7), 1e-14);
  }

  @Test
  void saturatedLayersAreDenseAndTheRestIsSolvedAgain() {
    // 210 allowed, 30 for the last: 1800 epsilon = 180 makes the first 1.2; the second has 80 left
    assertArrayEquals(new double[] {0, 0.2, 0.7}, sparsities(0.3), 1e-14);
  }

  @Test
  void lastTensorTakesWhatOthersCannot() {
    assertArrayEquals(new double[] {0, 0, 0.3}, sparsities(0.1), 1e-14);
    assertArrayEquals(new double[] {0, 0, 0}, sparsities(0));
  }

  @Test
  void sparsityThatTheLastTensorAloneExceedsIsRefused() {
    assertThrows(InvalidInputException.class, () -> sparsities(0.95));
    assertThrows(
        InvalidInputException.class,
        () -> Layers.sparsities(SmartRatios.usual(), 0.9, Layers.of(new int[] {3, 3})));
  }

  @Test
  void operationsAreABudgetToo() {
    // costs 400 and 100, 250 allowed, 30 for the last: 220 / 400
    List<UnitScores> layers = List.of(Layers.layer("a", 4, 10, 10), Layers.layer("b", 1, 10, 10));
    assertArrayEquals(
        new double[] {0.45, 0.7},
        Layers.sparsities(new SmartRatios(0.3, Terms.flops()), 0.5, layers),
        1e-14);
  }

  @Test
  void floorIsPaidByTheOthers() {
    // 90 allowed, 30 for the last, the floor of 25 for the second: 35 for the first
    assertArrayEquals(
        new int[] {35, 25, 30}, Layers.kept(new SmartRatios(0.3, Terms.minKept(25)), 0.7, LAYERS));
  }

  @Test
  void lastDensityIsADensity() {
    assertThrows(InvalidInputException.class, () -> new SmartRatios(0, Terms.DEFAULT));
    assertThrows(InvalidInputException.class, () -> new SmartRatios(1.1, Terms.DEFAULT));
  }
}
