package org.espalier.hw.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.junit.jupiter.api.Test;

/** What the comparisons of Eyeriss and SCNN must show; the figures are in docs/validation.md. */
class PublishedAcceleratorsTest {

  /** Uniform densities miss the masks by 2.6 to 6.5 %, as Sparseloop's do, and all on one side. */
  @Test
  void uniformDensitiesGiveWhatSparseloopGives() {
    Comparison cycles = EyerissComparisons.all().get(0);
    assertEquals(5, cycles.rows(Role.HELD_OUT).size());
    assertTrue(cycles.maximum(Role.PEER) < 0.001);
    assertTrue(cycles.maximum(Role.HELD_OUT) < 0.066);
    assertTrue(cycles.rows(Role.HELD_OUT).stream().allMatch(row -> row.error() < 0));
  }

  /**
   * 1.0 at density .999 would be a format without metadata: run lengths cost 16 / 21 and 63 / 64.
   */
  @Test
  void compressionHasARowForEachLayer() {
    Comparison ratios = EyerissComparisons.all().get(1);
    assertEquals(5, ratios.rows(Role.HELD_OUT).size());
    assertTrue(ratios.rows().stream().allMatch(row -> row.predicted() > 1));
  }

  @Test
  void denserLayersGainLess() {
    Comparison speedups = ScnnComparisons.all().get(0);
    Row pruned = speedups.rows().get(0);
    Row dense = speedups.rows().get(1);
    Row almost = speedups.rows().get(2);
    assertTrue(dense.predicted() < almost.predicted());
    assertTrue(almost.predicted() < pruned.predicted());
    assertTrue(dense.predicted() < 1);
  }
}
