package org.espalier.pruning.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.espalier.pruning.core.Quality;
import org.espalier.pruning.core.Recovery;
import org.espalier.pruning.report.Plot.Curve;
import org.espalier.pruning.report.Plot.Entry;
import org.espalier.pruning.report.Plot.Style;

/**
 * Accuracy over steps as a saw: each pruning goes straight down (or up), each recovery leads to the
 * next pruning, or to the end of the training.
 */
final class LedgerPlot {

  /** Room left and right of the data, as a share of its width. */
  private static final double AIR = 0.02;

  private LedgerPlot() {}

  /** One straight piece. */
  private record Piece(double fromX, double fromY, double toX, double toY) {}

  /** Returns the plot, or null where there is no entry. */
  static Plot.Lines of(Ledger ledger) {
    if (ledger.entries().isEmpty()) {
      return null;
    }
    List<Curve> curves = new ArrayList<>();
    // Prunings on top: they may be short.
    add(curves, "recovery", Ink.THIRD, ledger, LedgerPlot::recovery);
    add(curves, "pruning", Ink.SPARSE, ledger, LedgerPlot::pruning);
    double first = ledger.entries().get(0).step();
    double last = numbers(curves, Curve::x).max().getAsDouble();
    double air = AIR * Math.max(1, last - first);
    return new Plot.Lines(
        "optimizer step",
        "accuracy, %",
        Math.max(0, first - air),
        last + air,
        Plots.accuracyAxisStart(numbers(curves, Curve::y).min().getAsDouble()),
        100,
        curves);
  }

  private static Piece pruning(Recovery entry) {
    return new Piece(entry.step(), percent(entry.before()), entry.step(), percent(entry.after()));
  }

  private static Piece recovery(Recovery entry) {
    return entry.recovered() == null
        ? null
        : new Piece(
            entry.step(),
            percent(entry.after()),
            entry.recoveredStep(),
            percent(entry.recovered()));
  }

  private static double percent(Quality quality) {
    return 100 * quality.accuracy();
  }

  private static DoubleStream numbers(List<Curve> curves, Function<Curve, double[]> axis) {
    return curves.stream()
        .flatMapToDouble(curve -> DoubleStream.of(axis.apply(curve)))
        .filter(number -> !Double.isNaN(number));
  }

  /** Joins pieces to one curve, with a break after each. */
  private static void add(
      List<Curve> curves, String name, Ink ink, Ledger ledger, Function<Recovery, Piece> toPiece) {
    DoubleStream.Builder x = DoubleStream.builder();
    DoubleStream.Builder y = DoubleStream.builder();
    for (Recovery entry : ledger.entries()) {
      Piece piece = toPiece.apply(entry);
      if (piece != null) {
        x.add(piece.fromX()).add(piece.toX()).add(piece.toX());
        y.add(piece.fromY()).add(piece.toY()).add(Double.NaN);
      }
    }
    double[] places = x.build().toArray();
    if (places.length > 0) {
      curves.add(new Curve(new Entry(name, ink, Style.LINE), places, y.build().toArray()));
    }
  }
}
