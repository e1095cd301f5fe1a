package org.espalier.hw.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class CalibratorTest {

  /**
   * The calibration points are timed by a machine whose costs are known; what is fitted must give
   * the times of other products back, whatever share of a cost it gives to which term.
   */
  @Test
  void recoversTheTimesOfAKnownMachine() {
    KernelChoice choice = KnownMachine.choice(1);
    Map<KernelFamily, List<double[]>> terms = new EnumMap<>(KernelFamily.class);
    for (CalibrationPoint point : CalibrationPoint.sparse()) {
      KernelChoice.Candidate chosen = choice.chosen(point.work());
      terms.computeIfAbsent(chosen.family(), f -> new ArrayList<>()).add(chosen.terms());
    }
    Map<KernelFamily, List<Double>> fitted = new EnumMap<>(KernelFamily.class);
    terms.forEach(
        (family, rows) ->
            fitted.put(
                family,
                Calibrator.fit(
                    rows.toArray(double[][]::new),
                    rows.stream()
                        .mapToDouble(row -> time(KnownMachine.costs(family), row))
                        .toArray())));
    List<Double> errors = new ArrayList<>();
    for (String pattern : List.of("unstructured", "block:4x1")) {
      for (int[] size : new int[][] {{512, 512, 196}, {768, 768, 128}, {2048, 512, 49}}) {
        for (double density : new double[] {0.5, 0.2, 0.1, 0.05}) {
          Layer layer =
              Layer.dense("test", new Gemm(size[0], size[1], size[2]))
                  .withWeights(SparsityPattern.parse(pattern), density);
          KernelChoice.Candidate chosen = choice.chosen(SparseWork.of(layer));
          double known = time(KnownMachine.costs(chosen.family()), chosen.terms());
          errors.add(Math.abs(time(fitted.get(chosen.family()), chosen.terms()) / known - 1));
        }
      }
    }
    assertEquals(24, errors.size());
    assertTrue(errors.stream().allMatch(error -> error < 0.01), errors::toString);
  }

  private static double time(List<Double> costs, double[] terms) {
    double time = 0;
    for (int i = 0; i < terms.length; i++) {
      time += costs.get(i) * terms[i];
    }
    return time;
  }

  /** What holds on any machine, however busy. */
  @Test
  void measuresAFamilyAndSaysWhatItDoes() {
    List<String> said = new ArrayList<>();
    Progress progress = (done, total, what) -> said.add(done + "/" + total + " " + what);
    CpuCalibration calibration =
        new Calibrator(1, null, progress).measure(Set.of(KernelFamily.VECTOR_BLOCKS4));
    assertEquals("0/8 warm-up", said.get(0));
    assertEquals("7/8 measurement", said.get(said.size() - 1));
    assertTrue(calibration.has(KernelFamily.VECTOR_BLOCKS4));
    assertFalse(calibration.has(KernelFamily.GROUPS1));
    assertEquals(Conditions.ESTIMATED, calibration.conditions().library());
    ProductTimes times = new ProductTimes(calibration);
    assertTrue(times.denseUs(512, 512, 64) > times.denseUs(256, 512, 64));
    SparseWork blocks = new SparseWork(512, 512, 1, 26214, 13107, 8738, 6554);
    double us = times.sparse(blocks).us();
    assertTrue(us > 0.3 && us < 1e5, us + " us");
    SparseWork rows = new SparseWork(512, 512, 64, 26214, 25000, 24500, 24000);
    InvalidInputException refused =
        Assertions.assertThrows(InvalidInputException.class, () -> times.sparse(rows));
    assertTrue(refused.getMessage().contains("calibrate again"), refused::getMessage);
  }
}
