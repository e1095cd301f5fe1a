package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.pruning.core.Quality;
import org.espalier.pruning.core.Recovery;
import org.junit.jupiter.api.Test;

class LedgerPlotTest {

  private static final double GAP = Double.NaN;

  @Test
  void pruningsAndRecoveriesAreASaw() {
    Plot.Lines plot = LedgerPlot.of(Sample.ledger());
    assertEquals(
        List.of("recovery", "pruning"), plot.legend().stream().map(Plot.Entry::name).toList());
    Plot.Curve recovery = plot.curves().get(0);
    assertArrayEquals(
        new double[] {400, 700, 700, 700, 1200, 1200, 1200, 1600, 1600}, recovery.x());
    assertArrayEquals(
        new double[] {97, 98.5, GAP, 80, 98.25, GAP, 62.5, 97.5, GAP}, recovery.y(), 1e-9);
    Plot.Curve pruning = plot.curves().get(1);
    assertArrayEquals(new double[] {400, 400, 400, 700, 700, 700, 1200, 1200, 1200}, pruning.x());
    assertArrayEquals(
        new double[] {98, 97, GAP, 98.5, 80, GAP, 98.25, 62.5, GAP}, pruning.y(), 1e-9);
  }

  /** 62.5 % is shown from 60 %; 1,200 steps get 2 % of air on either side. */
  @Test
  void theAxesShowTheLedgerAlone() {
    Plot.Lines plot = LedgerPlot.of(Sample.ledger());
    assertEquals(60, plot.yMin());
    assertEquals(376, plot.xMin(), 1e-9);
    assertEquals(1624, plot.xMax(), 1e-9);
  }

  @Test
  void aRecoveryThatGoesOnIsNotDrawn() {
    Recovery open = new Recovery(3, 1, 0, 0.5, new Quality(0.9), new Quality(0.4), null, null);
    Plot.Lines plot = LedgerPlot.of(new Ledger("ten images", List.of(open)));
    assertEquals(List.of("pruning"), plot.legend().stream().map(Plot.Entry::name).toList());
    assertEquals(40, plot.yMin());
    assertTrue(plot.xMin() < 3 && plot.xMax() > 3);
  }

  @Test
  void withoutEntriesThereIsNoPlot() {
    assertNull(LedgerPlot.of(Ledger.NONE));
  }

  @Test
  void drawsWithoutAPlaceThatIsNoNumber() {
    String svg = new XChartRenderer().svg(LedgerPlot.of(Sample.ledger()));
    assertFalse(svg.contains("NaN"));
  }

  @Test
  void aLedgerIsInOrderAndSaysWhatItMeasured() {
    List<Recovery> entries = Sample.ledger().entries();
    assertThrows(IllegalArgumentException.class, () -> new Ledger(" ", entries));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Ledger("images", List.of(entries.get(1), entries.get(0))));
  }
}
