package org.espalier.hw.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.junit.jupiter.api.Test;

/** The goals of the validation of sparse tensor cores, dual-side core and N:M array. */
class TensorComparisonsTest {

  @Test
  void heldOutSquaresAreWithinTwelvePercent() {
    Comparison squares = TensorCoreComparisons.squareSpeedups();
    List<Row> heldOut = squares.rows(Role.HELD_OUT);
    assertEquals(20, heldOut.size());
    assertEquals(25, squares.rows(Role.FITTED).size());
    assertTrue(squares.mape(Role.HELD_OUT) <= 0.12, "" + squares.mape(Role.HELD_OUT));
    long sameSign =
        heldOut.stream().filter(row -> row.published() > 1 == row.predicted() > 1).count();
    assertTrue(sameSign >= 18, sameSign + " of 20");
  }

  @Test
  void dualSideCoreIsWithinThePeersError() {
    Comparison square = DstcComparisons.square();
    assertEquals(5, square.rows(Role.HELD_OUT).size());
    assertEquals(9, square.rows().size());
    double error = square.mape(Role.HELD_OUT);
    assertTrue(error <= 0.075, "" + error);
    assertTrue(error < DstcComparisons.densityProduct().mape(Role.HELD_OUT));
  }

  /**
   * hardware.md: the product of densities is off by 24 % over the nine rows. With our predictions
   * in place of the four that are not printed it is off by 23 %: they are of the right size.
   */
  @Test
  void unknownRowsFitTheErrorOfTheProduct() {
    double[] densities = {1, 0.9, 0.7, 0.5, 0.3, 0.9, 0.7, 0.5, 0.3};
    List<Row> rows = DstcComparisons.square().rows();
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double truth = row.isKnown() ? row.published() : row.predicted();
      double product = densities[i] * (row.isKnown() ? 1 : 0.4);
      sum += Math.abs(product - truth) / truth;
    }
    assertEquals(0.24, sum / 9, 0.01);
  }

  @Test
  void sparseTensorCoreIsExactAtTwoOfFour() {
    Comparison cycles = NmArrayComparisons.caseStudy();
    assertEquals(8, cycles.rows().size());
    for (Row row : cycles.rows()) {
      assertEquals(row.published(), row.predicted(), row.label());
    }
    for (Row row : NmArrayComparisons.sparserGroups().rows()) {
      assertTrue(row.predicted() <= 2, row.label());
    }
  }

  @Test
  void everyRowHasAPrediction() {
    for (List<Comparison> part :
        List.of(TensorCoreComparisons.all(), DstcComparisons.all(), NmArrayComparisons.all())) {
      for (Comparison comparison : part) {
        for (Row row : comparison.rows()) {
          assertTrue(row.predicted() > 0 && Double.isFinite(row.predicted()), row.label());
        }
      }
    }
  }
}
