package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final List<UnitScores> LAYERS =
      List.of(
          Layers.layer("01Conv2d_weight", 1, 10, 10),
          Layers.layer("03Conv2d_weight", 1, 10, 10),
          Layers.layer("05Linear_weight", 1, 10, 10));
  private static final Table TABLE = new Table(Map.of("*Conv2d*", 0.5, "05*", 0.9), 0);

  private static String refusal(Map<String, Double> sparsities, double target) {
    return assertThrows(
            InvalidInputException.class,
            () ->
                new Table(sparsities, 0)
                    .requireFits(
                        new Demand.Sparsity(target),
                        LAYERS.stream().map(UnitScores::tensor).toList()))
        .getMessage();
  }

  @Test
  void everyTensorHasTheSparsityOfItsGlob() {
    assertArrayEquals(new int[] {50, 50, 10}, Layers.kept(TABLE, 0.9, LAYERS));
  }

  @Test
  void gradualSchedulesTakeEveryTensorUpToItsValue() {
    assertArrayEquals(new int[] {70, 70, 70}, Layers.kept(TABLE, 0.3, LAYERS));
    assertArrayEquals(new int[] {50, 50, 30}, Layers.kept(TABLE, 0.7, LAYERS));
  }

  @Test
  void floorHolds() {
    Table table = new Table(TABLE.sparsities(), 15);
    assertArrayEquals(new int[] {50, 50, 15}, Layers.kept(table, 0.9, LAYERS));
  }

  @Test
  void tensorsMatchExactlyOneGlob() {
    assertEquals(
        "allocation.sparsities: expected exactly one glob for the tensor '05Linear_weight', found"
            + " none; let every tensor of the group match one glob, or exclude it from the group",
        refusal(Map.of("*Conv2d*", 0.5), 0.9));
    assertEquals(
        "allocation.sparsities: expected exactly one glob for the tensor '01Conv2d_weight', found"
            + " [*Conv2d*, 0*]; let every tensor of the group match one glob, or exclude it from"
            + " the group",
        refusal(Map.of("*Conv2d*", 0.5, "0*", 0.5), 0.9));
  }

  @Test
  void globsMatchATensor() {
    assertEquals(
        "allocation.sparsities: expected globs that match one of [01Conv2d_weight, 03Conv2d_weight,"
            + " 05Linear_weight], found '07*'; correct or remove it",
        refusal(Map.of("07*", 0.5, "*", 0.5), 0.9));
  }

  @Test
  void targetBelowTheTableIsRefused() {
    assertEquals(
        "schedule.target: expected at least 0.9, the sparsity of '05*' in the table, found 0.8; set"
            + " the target to the largest sparsity of the table",
        refusal(Map.of("*Conv2d*", 0.5, "05*", 0.9), 0.8));
  }

  @Test
  void constructorValidates() {
    assertThrows(InvalidInputException.class, () -> new Table(Map.of(), 0));
    assertThrows(InvalidInputException.class, () -> new Table(Map.of("*", 1.0), 0));
    assertThrows(InvalidInputException.class, () -> new Table(Map.of("[", 0.5), 0));
    assertThrows(InvalidInputException.class, () -> new Table(Map.of("*", 0.5), -1));
  }

  @Test
  void thresholdsAreRefused() {
    assertThrows(
        InvalidInputException.class,
        () -> Layers.kept(TABLE, new Demand.Threshold(0.1, 0.9), LAYERS));
  }
}
