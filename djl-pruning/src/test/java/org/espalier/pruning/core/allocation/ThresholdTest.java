package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class ThresholdTest {

  private static final double DEAD = Double.NEGATIVE_INFINITY;

  private static int kept(Allocation allocation, Demand demand, double... scores) {
    return Layers.kept(allocation, demand, List.of(Layers.scored("a", 1, scores)))[0];
  }

  @Test
  void unitsAboveTheValueLive() {
    Demand demand = new Demand.Sparsity(0.9);
    assertEquals(2, kept(Threshold.of(0.4), demand, 0.25, 0.5, 0.75, 0.1));
    // a unit at the threshold dies
    assertEquals(1, kept(Threshold.of(0.5), demand, 0.25, 0.5, 0.75, 0.1));
    assertEquals(4, kept(Threshold.of(-1), demand, 0.25, 0.5, 0.75, 0.1));
  }

  @Test
  void noTensorIsSparserThanTheLimit() {
    // ceil of .5 * 4, of .75 * 4 and of .1 * 12 (1.2), where rounding would keep 1
    assertEquals(2, kept(Threshold.of(9), new Demand.Sparsity(0.5), 1, 2, 3, 4));
    assertEquals(3, kept(Threshold.of(9), new Demand.Threshold(0, 0.25), 1, 2, 3, 4));
    assertEquals(2, kept(Threshold.of(99), new Demand.MeanFactor(0, 0.9), new double[12]));
    assertEquals(0, kept(Threshold.of(-1), new Demand.Sparsity(0), new double[0]));
  }

  @Test
  void deadUnitsAreNeverChosen() {
    assertEquals(1, kept(Threshold.of(9), new Demand.Sparsity(0.5), DEAD, DEAD, DEAD, 4));
    assertEquals(0, kept(Threshold.of(9), new Demand.Sparsity(0.5), DEAD, DEAD));
    assertEquals(1, kept(Threshold.of(-9), new Demand.Sparsity(0.9), DEAD, -8, DEAD, -10));
    assertEquals(
        2, kept(new Threshold(Threshold.of(9).value(), 3), new Demand.Sparsity(0.9), 1, 2, DEAD));
  }

  @Test
  void schedulesThresholdIsAnswered() {
    Demand demand = new Demand.Threshold(0.4, 0.9);
    assertEquals(2, kept(Threshold.ofSchedule(), demand, 0.25, 0.5, 0.75, 0.1));
    // its own value comes first
    assertEquals(1, kept(Threshold.of(0.6), demand, 0.25, 0.5, 0.75, 0.1));
  }

  @Test
  void meanIsThatOfTheLivingUnits() {
    // mean of the finite ones 0.5; infinity lives but does not count
    double[] scores = {0.25, 0.5, DEAD, 0.75, Double.POSITIVE_INFINITY, DEAD};
    assertEquals(2, kept(Threshold.ofSchedule(), new Demand.MeanFactor(1, 0.95), scores));
    assertEquals(3, kept(Threshold.ofSchedule(), new Demand.MeanFactor(0.6, 0.95), scores));
    assertEquals(0, kept(Threshold.ofSchedule(), new Demand.MeanFactor(0.6, 0.95), DEAD, DEAD));
  }

  @Test
  void everyTensorHasItsOwnMean() {
    List<UnitScores> tensors =
        List.of(Layers.scored("a", 1, 1, 2, 6), Layers.scored("b", 1, 10, 20, 60, 70));
    // means 3 and 40
    assertArrayEquals(
        new int[] {1, 2},
        Layers.kept(Threshold.ofSchedule(), new Demand.MeanFactor(1, 0.9), tensors));
  }

  @Test
  void sparsitiesNeedAValue() {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> kept(Threshold.ofSchedule(), new Demand.Sparsity(0.5), 1, 2));
    assertEquals(
        "allocation: expected a value for the threshold, as the schedule asks for sparsities, found"
            + " none; set 'value', or use a schedule of thresholds: two-slope, lprune",
        error.getMessage());
  }

  @Test
  void valuesAreFinite() {
    assertThrows(InvalidInputException.class, () -> Threshold.of(Double.NaN));
    assertThrows(InvalidInputException.class, () -> Threshold.of(Double.POSITIVE_INFINITY));
  }
}
