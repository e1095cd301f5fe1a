package org.espalier.pruning.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.espalier.pruning.report.History.CurvePoint;
import org.espalier.pruning.report.History.EpochPoint;
import org.espalier.pruning.report.History.Pruning;
import org.espalier.pruning.report.Plot.BarSeries;
import org.espalier.pruning.report.Plot.Curve;
import org.espalier.pruning.report.Plot.Entry;
import org.espalier.pruning.report.Plot.Style;

/** The plots of a report. Each method returns null where the run has nothing to plot. */
final class Plots {

  /**
   * Where an accuracy axis may begin, in percent. Its ticks are then whole numbers up to 100, as
   * wide as those of the sparsity axis, so that the two plots line up.
   */
  private static final double[] AXIS_STARTS = {95, 90, 80, 60, 40, 20, 0};

  private static final double AIR = 1.013;
  private static final int SHORTEST_AXIS = 10;
  private static final int LONGEST_NAME = 18;

  /** More points than this along an axis fall onto each other. */
  private static final int VISIBLE_POINTS = 1000;

  private Plots() {}

  /** Accuracy at the end of each epoch over optimizer steps, one color per phase. */
  static Plot.Lines accuracy(History history) {
    List<Curve> curves = new ArrayList<>();
    List<String> phases =
        List.copyOf(new LinkedHashSet<>(history.epochs().stream().map(EpochPoint::phase).toList()));
    for (int p = 0; p < phases.size(); p++) {
      String phase = phases.get(p);
      List<EpochPoint> epochs =
          history.epochs().stream().filter(epoch -> epoch.phase().equals(phase)).toList();
      Ink ink = Ink.ofPhase(p);
      addCurve(
          curves, phase + ", validation", ink, Style.LINE, epochs, EpochPoint::validationAccuracy);
      addCurve(curves, phase + ", training", ink, Style.DASHED, epochs, EpochPoint::trainAccuracy);
    }
    if (curves.isEmpty()) {
      return null;
    }
    double lowest =
        curves.stream().flatMapToDouble(c -> DoubleStream.of(c.y())).min().getAsDouble();
    return new Plot.Lines(
        "", "accuracy, %", 0, stepsEnd(history), accuracyAxisStart(lowest), 100, curves);
  }

  /** Returns where an accuracy axis begins that shows all from a lowest one; both in percent. */
  static double accuracyAxisStart(double lowest) {
    return DoubleStream.of(AXIS_STARTS).filter(start -> start <= lowest).max().getAsDouble();
  }

  /**
   * Sparsity over the same steps, and the steps at which something went.
   *
   * @param event what happened at these
   */
  static Plot.Lines sparsity(History history, String event) {
    List<Curve> curves = new ArrayList<>();
    List<CurvePoint> curve = thinned(history.curve());
    if (!curve.isEmpty()) {
      curves.add(
          new Curve(
              new Entry("sparsity", Ink.TEXT, curve.size() == 1 ? Style.POINTS : Style.STEPS),
              curve.stream().mapToDouble(CurvePoint::step).toArray(),
              curve.stream().mapToDouble(point -> 100 * point.sparsity()).toArray()));
    }
    if (!history.prunings().isEmpty()) {
      curves.add(
          new Curve(
              new Entry(event, Ink.SPARSE, Style.POINTS),
              history.prunings().stream().mapToDouble(Pruning::step).toArray(),
              history.prunings().stream().mapToDouble(p -> 100 * p.sparsityAfter()).toArray()));
    }
    return curves.isEmpty()
        ? null
        : new Plot.Lines("optimizer step", "sparsity, %", 0, stepsEnd(history), 0, 100, curves);
  }

  /** Sparsity of each layer. */
  static Plot.Bars sparsityPerLayer(Outcome outcome) {
    List<Double> values = outcome.layers().stream().map(layer -> 100 * layer.sparsity()).toList();
    return new Plot.Bars(
        "",
        "sparsity, %",
        100.0,
        shortNames(outcome.layers()),
        List.of(new BarSeries(new Entry("sparsity", Ink.SPARSE, Style.BARS), values)));
  }

  /** Dense and sparse time of each layer that was measured or modelled. */
  static Plot.Bars times(Outcome outcome) {
    List<LayerReport> layers =
        outcome.layers().stream()
            .filter(layer -> layer.measured() != null || layer.modelled() != null)
            .toList();
    List<BarSeries> series = new ArrayList<>();
    addTimes(
        series, "dense, measured", Ink.DENSE, layers, LayerReport::measured, Timing::denseTimeUs);
    addTimes(
        series,
        "dense, modelled",
        Ink.DENSE_MODEL,
        layers,
        LayerReport::modelled,
        Timing::denseTimeUs);
    addTimes(
        series,
        "sparse, measured",
        Ink.SPARSE,
        layers,
        LayerReport::measured,
        Timing::sparseTimeUs);
    addTimes(
        series,
        "sparse, modelled",
        Ink.SPARSE_MODEL,
        layers,
        LayerReport::modelled,
        Timing::sparseTimeUs);
    if (series.isEmpty()) {
      return null;
    }
    return new Plot.Bars("", "time, \u00b5s", null, shortNames(layers), series);
  }

  /** Leaves out the points of a staircase that nobody can see: a run may have millions of steps. */
  private static List<CurvePoint> thinned(List<CurvePoint> curve) {
    List<CurvePoint> kept = new ArrayList<>();
    for (int i = 0; i < curve.size(); i++) {
      CurvePoint point = curve.get(i);
      CurvePoint last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
      double visible = (double) curve.get(curve.size() - 1).step() / VISIBLE_POINTS;
      if (last == null
          || i == curve.size() - 1
          || (point.sparsity() != last.sparsity() && point.step() - last.step() >= visible)) {
        kept.add(point);
      }
    }
    return kept;
  }

  private static List<String> shortNames(List<LayerReport> layers) {
    return ShortNames.of(layers.stream().map(LayerReport::name).toList(), LONGEST_NAME);
  }

  private static void addCurve(
      List<Curve> curves,
      String name,
      Ink ink,
      Style style,
      List<EpochPoint> epochs,
      Function<EpochPoint, Double> value) {
    List<EpochPoint> known = epochs.stream().filter(epoch -> value.apply(epoch) != null).toList();
    if (!known.isEmpty()) {
      curves.add(
          new Curve(
              new Entry(name, ink, style),
              known.stream().mapToDouble(EpochPoint::step).toArray(),
              known.stream().mapToDouble(epoch -> 100 * value.apply(epoch)).toArray()));
    }
  }

  private static void addTimes(
      List<BarSeries> series,
      String name,
      Ink ink,
      List<LayerReport> layers,
      Function<LayerReport, Timing> timing,
      Function<Timing, Double> time) {
    List<Double> values = new ArrayList<>();
    for (LayerReport layer : layers) {
      values.add(timing.apply(layer) == null ? null : time.apply(timing.apply(layer)));
    }
    if (values.stream().anyMatch(Objects::nonNull)) {
      series.add(new BarSeries(new Entry(name, ink, Style.BARS), values));
    }
  }

  /**
   * The end of every axis over steps: a little behind the last step of anything, so that no point
   * is cut, the axis has a length whatever happened, and XChart sees uneven distances between its
   * ends and the data; at even ones it would put ticks on the data instead of on round numbers.
   */
  private static double stepsEnd(History history) {
    double last =
        Stream.of(
                history.curve().stream().map(CurvePoint::step),
                history.epochs().stream().map(EpochPoint::step),
                history.prunings().stream().map(Pruning::step))
            .flatMap(steps -> steps)
            .mapToDouble(Long::doubleValue)
            .max()
            .orElse(0);
    return AIR * Math.max(SHORTEST_AXIS, last);
  }
}
