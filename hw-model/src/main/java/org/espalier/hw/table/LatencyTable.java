package org.espalier.hw.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.hw.cost.LatencyQuery;
import org.espalier.sparse.InvalidInputException;

/**
 * Measured times of one device with one software. A measured point answers for itself; between
 * points, logarithms of times are interpolated linearly in the logarithms of m, k, n, density and
 * batch, one after the other; beyond them, the slope of the nearest two goes on, up to twice the
 * largest or half the smallest measured value. Operations, patterns and types are never mixed.
 *
 * <p>Tables of this kind: T.-J. Yang et al., "NetAdapt: Platform-Aware Neural Network Adaptation
 * for Mobile Applications", ECCV 2018, section 3.3; H. Cai, L. Zhu, S. Han, "ProxylessNAS", ICLR
 * 2019, section 3.3. Interpolation in logarithms, and the refusal to extrapolate further, are ours.
 *
 * @param device such as the processor's name
 * @param software versions that times depend on
 * @param rows at least one
 */
public record LatencyTable(String device, String software, List<LatencyRow> rows)
    implements LatencyModel {

  /** Names of the coordinates. */
  static final List<String> AXES = List.of("m", "k", "n", "density", "batch");

  /** How far beyond the measured range a slope is trusted, as a factor. */
  private static final double TRUSTED = 2;

  /** Densities are decimals: 0.1 and 1 - 0.9 are the same. */
  private static final double SAME = 1e-9;

  /** Checks that there are rows. */
  public LatencyTable {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(software, "software");
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a table has at least one row");
    }
  }

  /**
   * Returns the mean time of one run in microseconds.
   *
   * @return empty if the operation, the pattern or the type was not measured, or if the points do
   *     not form a grid around the question
   * @throws InvalidInputException if a coordinate is more than twice the largest or less than half
   *     the smallest that was measured
   */
  @Override
  public OptionalDouble latencyUs(LatencyQuery query) {
    List<LatencyRow> alike = rows.stream().filter(row -> isAlike(row.query(), query)).toList();
    if (alike.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] at = LatencyRow.coordinates(query);
    for (int axis = 0; axis < at.length; axis++) {
      requireNear(alike, axis, at[axis]);
    }
    OptionalDouble log = logTime(alike, at, 0);
    return log.isPresent() ? OptionalDouble.of(Math.exp(log.getAsDouble())) : log;
  }

  private static boolean isAlike(LatencyQuery row, LatencyQuery query) {
    return row.operation() == query.operation()
        && row.type() == query.type()
        && row.pattern().equals(query.pattern());
  }

  private static void requireNear(List<LatencyRow> rows, int axis, double at) {
    double least = rows.stream().mapToDouble(row -> row.coordinates()[axis]).min().orElseThrow();
    double most = rows.stream().mapToDouble(row -> row.coordinates()[axis]).max().orElseThrow();
    if (at < least / TRUSTED * (1 - SAME) || at > most * TRUSTED * (1 + SAME)) {
      throw new InvalidInputException(
          "latency table, " + AXES.get(axis),
          String.format(
              Locale.ROOT,
              "%s to %s: what was measured, %s to %s, and half and twice that",
              number(least / TRUSTED),
              number(most * TRUSTED),
              number(least),
              number(most)),
          number(at),
          "measure a table that covers it");
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** The logarithm of the time at a place, from rows that agree with it in all axes before. */
  private static OptionalDouble logTime(List<LatencyRow> rows, double[] at, int axis) {
    if (axis == at.length) {
      return OptionalDouble.of(
          rows.stream().mapToDouble(row -> Math.log(row.meanUs())).average().orElseThrow());
    }
    double[] values =
        rows.stream().mapToDouble(row -> row.coordinates()[axis]).sorted().distinct().toArray();
    List<double[]> known = new ArrayList<>();
    for (double value : values) {
      boolean same = Math.abs(value - at[axis]) <= SAME * value;
      OptionalDouble time = logTime(rowsAt(rows, axis, value), at, axis + 1);
      if (same && time.isPresent()) {
        return time;
      }
      if (!same && time.isPresent()) {
        known.add(new double[] {Math.log(value), time.getAsDouble()});
      }
    }
    return known.size() < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(onLine(known, Math.log(at[axis])));
  }

  private static List<LatencyRow> rowsAt(List<LatencyRow> rows, int axis, double value) {
    return rows.stream().filter(row -> row.coordinates()[axis] == value).toList();
  }

  /** Interpolates between the two points around a place, or goes on from the nearest two. */
  private static double onLine(List<double[]> points, double at) {
    int right = 1;
    while (right < points.size() - 1 && points.get(right)[0] < at) {
      right++;
    }
    double[] a = points.get(right - 1);
    double[] b = points.get(right);
    return a[1] + (b[1] - a[1]) * (at - a[0]) / (b[0] - a[0]);
  }
}
