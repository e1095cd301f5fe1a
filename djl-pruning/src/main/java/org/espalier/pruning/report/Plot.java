package org.espalier.pruning.report;

import java.util.List;

/** What a plot says, without a word on how it is drawn. */
sealed interface Plot {

  /** Returns the name of the horizontal axis, with its unit. */
  String xTitle();

  /** Returns the name of the vertical axis, with its unit. */
  String yTitle();

  /** Returns what is plotted, in the order of the legend; never empty. */
  List<Entry> legend();

  /**
   * One entry of the legend.
   *
   * @param name of the series
   * @param ink its color
   * @param style how it is drawn
   */
  record Entry(String name, Ink ink, Style style) {}

  /** How a series is drawn. */
  enum Style {
    /** Points joined by a line. */
    LINE,
    /** A broken line without points: what matters less. */
    DASHED,
    /** A line that holds its value until the next one. */
    STEPS,
    /** Points alone. */
    POINTS,
    /** One bar per category. */
    BARS
  }

  /**
   * Curves over a shared number axis.
   *
   * @param xMin left end of the horizontal axis
   * @param xMax right end of the horizontal axis
   * @param yMin lower end of the vertical axis
   * @param yMax upper end of the vertical axis
   */
  record Lines(
      String xTitle,
      String yTitle,
      double xMin,
      double xMax,
      double yMin,
      double yMax,
      List<Curve> curves)
      implements Plot {

    @Override
    public List<Entry> legend() {
      return curves.stream().map(Curve::entry).toList();
    }
  }

  /** Points of one curve, as many x as y; where y is NaN, the line is broken. */
  record Curve(Entry entry, double[] x, double[] y) {}

  /**
   * Bars side by side, one group per category.
   *
   * @param categories names below the groups
   * @param yMax upper end of the vertical axis, which begins at 0, or null to leave it to the data
   */
  record Bars(
      String xTitle, String yTitle, Double yMax, List<String> categories, List<BarSeries> series)
      implements Plot {

    @Override
    public List<Entry> legend() {
      return series.stream().map(BarSeries::entry).toList();
    }
  }

  /** One bar per category; null leaves a gap. */
  record BarSeries(Entry entry, List<Double> values) {}
}
