package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.pruning.report.History.CurvePoint;
import org.espalier.pruning.report.History.EpochPoint;
import org.junit.jupiter.api.Test;

class PlotsTest {

  private static final History NOTHING = new History(List.of(), List.of(), List.of(), List.of());

  @Test
  void phasesAreCurvesOfTheirOwn() {
    Plot.Lines plot = Plots.accuracy(Sample.history());
    assertEquals(
        List.of("dense, validation", "dense, training", "sparse, validation", "sparse, training"),
        plot.legend().stream().map(Plot.Entry::name).toList());
    assertArrayEquals(new double[] {100, 200, 300, 400}, plot.curves().get(0).x());
    assertEquals(12, plot.curves().get(2).x().length);
    assertNotEquals(plot.legend().get(0).ink(), plot.legend().get(2).ink());
  }

  @Test
  void theAxisStartsBelowEveryAccuracy() {
    for (double accuracy : new double[] {0, 0.1, 0.2, 0.79, 0.8, 0.97, 1}) {
      EpochPoint epoch = new EpochPoint(1, 10, "dense", null, null, accuracy, 0);
      Plot.Lines plot =
          Plots.accuracy(new History(List.of(), List.of(), List.of(epoch), List.of()));
      assertTrue(plot.yMin() <= 100 * accuracy && plot.yMin() < plot.yMax());
    }
  }

  @Test
  void plotsOverStepsShareTheirAxis() {
    assertEquals(
        Plots.accuracy(Sample.history()).xMax(),
        Plots.sparsity(Sample.history(), "changed").xMax());
    assertTrue(Plots.sparsity(Sample.history(), "changed").xMax() > 1600);
  }

  @Test
  void whereNothingHappenedNothingIsPlotted() {
    assertNull(Plots.accuracy(NOTHING));
    assertNull(Plots.sparsity(NOTHING, "changed"));
    assertNull(Plots.times(new Outcome(0, 0, List.of(Sample.fc3()), null)));
  }

  @Test
  void longRunsAreThinnedButKeepTheirEnds() {
    List<CurvePoint> curve = new ArrayList<>();
    for (int step = 0; step <= 100_000; step++) {
      curve.add(new CurvePoint(step, step / 200_000.0));
    }
    Plot.Lines plot =
        Plots.sparsity(new History(List.of(), curve, List.of(), List.of()), "changed");
    double[] x = plot.curves().get(0).x();
    double[] y = plot.curves().get(0).y();
    assertTrue(x.length > 900 && x.length <= 1001, "points: " + x.length);
    assertEquals(0, x[0]);
    assertEquals(100_000, x[x.length - 1]);
    assertEquals(50, y[y.length - 1]);
  }

  @Test
  void timesLeaveGapsWhereNothingIsKnown() {
    LayerReport modelledOnly =
        new LayerReport(
            "m", List.of(4), 2, 16, 12, null, new Timing(3, 2), new Verdict(true, "so"));
    Outcome outcome = new Outcome(0, 0, List.of(Sample.fc1(), modelledOnly, Sample.fc3()), null);
    Plot.Bars plot = Plots.times(outcome);
    assertEquals(List.of("fc1.weight", "m"), plot.categories());
    assertEquals(Arrays.asList(1843.2, null), plot.series().get(0).values());
    assertEquals(List.of(1760.0, 3.0), plot.series().get(1).values());
  }

  @Test
  void drawsWithCssColorsAndUniqueNames() {
    Plot plot = Plots.accuracy(Sample.history());
    String svg = InlineSvg.of(new XChartRenderer().svg(plot), "p7", "cost: $1 \\ more");
    assertTrue(svg.startsWith("<svg class=\"plot\" role=\"img\" aria-label=\"cost: $1 \\ more\""));
    assertTrue(svg.strip().endsWith("</svg>"));
    assertTrue(svg.contains("var(--dense)") && svg.contains("var(--sparse)"));
    assertTrue(svg.contains("id=\"p7-clip") && svg.contains("url(#p7-clip"));
    assertFalse(svg.contains("rgb(1,2,"), "a stand-in color is left");
    assertFalse(svg.contains("http"), "an address is left");
    assertFalse(svg.contains("NaN"), "a place is no number");
  }
}
