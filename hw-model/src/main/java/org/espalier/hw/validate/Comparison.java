package org.espalier.hw.validate;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Published figures beside ours.
 *
 * @param title what is compared, such as "EIE, actual time"
 * @param source authors, year, table or figure
 * @param unit of the figures, such as "us" or "speed-up"
 * @param method how the predictions were made: which inputs, what was calibrated on what
 * @param rows at least one
 */
public record Comparison(String title, String source, String unit, String method, List<Row> rows) {

  /** What a row may be used for. */
  public enum Role {
    /** Nothing was fitted on it: it counts. */
    HELD_OUT,
    /** Constants were fitted on it: shown, but not counted as validation. */
    FITTED,
    /** Another model's figure, not a measurement: shown, but not counted. */
    PEER
  }

  /**
   * One figure.
   *
   * @param label layer, size or setting
   * @param published as printed; NaN where it is not known to us
   * @param predicted by our model
   * @param role whether it counts
   * @param note why it is flagged, or empty
   */
  public record Row(String label, double published, double predicted, Role role, String note) {

    /** Returns (predicted - published) / published. */
    public double error() {
      return (predicted - published) / published;
    }

    /** Returns whether there is something to compare with. */
    public boolean isKnown() {
      return !Double.isNaN(published);
    }
  }

  /** Checks that there are rows. */
  public Comparison {
    Objects.requireNonNull(title, "title");
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("nothing to compare in '" + title + "'");
    }
  }

  /** Returns the rows of a role that are known. */
  public List<Row> rows(Role role) {
    return rows.stream().filter(row -> row.role() == role && row.isKnown()).toList();
  }

  /** Returns the mean absolute relative error over a role; NaN without rows. */
  public double mape(Role role) {
    return rows(role).stream().mapToDouble(absolute()).average().orElse(Double.NaN);
  }

  /** Returns the largest absolute relative error over a role; NaN without rows. */
  public double maximum(Role role) {
    return rows(role).stream().mapToDouble(absolute()).max().orElse(Double.NaN);
  }

  /** Returns which share of a role's rows is within 10 %; NaN without rows. */
  public double shareWithinTenPercent(Role role) {
    return rows(role).stream()
        .mapToDouble(row -> Math.abs(row.error()) <= 0.1 ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Returns which share of a role's rows says gain, a speed-up above 1, where the published figure
   * does, and no gain where it does not; NaN without rows. Of use for speed-ups only.
   */
  public double shareWithSameVerdict(Role role) {
    return rows(role).stream()
        .mapToDouble(row -> row.predicted() > 1 == row.published() > 1 ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private static ToDoubleFunction<Row> absolute() {
    return row -> Math.abs(row.error());
  }
}
