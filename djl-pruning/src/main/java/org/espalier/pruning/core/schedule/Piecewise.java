package org.espalier.pruning.core.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.sparse.InvalidInputException;

/**
 * A sparsity along straight lines from point to point, up or down: for lifecycles that grow and
 * prune. The first decision falls on the first point, the last on the last.
 *
 * @param points sparsity, in [0, 1), by count, at least 0; at least two; sorted copy
 * @param every distance between decisions, at least 1
 * @param unit what counts count
 */
public record Piecewise(SortedMap<Long, Double> points, long every, Timing.Unit unit)
    implements Schedule {

  /** Refuses fewer points than two, and what is no sparsity. */
  public Piecewise {
    Objects.requireNonNull(unit, "unit");
    points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
    if (points.size() < 2) {
      throw new InvalidInputException(
          "points", "at least two counts with their sparsity", points.toString(), "add points");
    }
    points.forEach((count, sparsity) -> Schedule.requireSparsity("points." + count, sparsity));
    new Timing(unit, points.firstKey(), points.lastKey(), every);
  }

  /**
   * Makes a schedule of points as recipes write them.
   *
   * @throws InvalidInputException if a count is no whole number
   */
  static Piecewise of(Map<String, Double> points, long every, Timing.Unit unit) {
    SortedMap<Long, Double> sorted = new TreeMap<>();
    points.forEach(
        (count, sparsity) -> {
          try {
            sorted.put(Long.valueOf(count), sparsity);
          } catch (NumberFormatException e) {
            throw new InvalidInputException(
                "points", "counts as keys", "'" + count + "'", "write 1000: 0.9", e);
          }
        });
    return new Piecewise(sorted, every, unit);
  }

  @Override
  public String type() {
    return "piecewise";
  }

  @Override
  public Timing timing() {
    return new Timing(unit, points.firstKey(), points.lastKey(), every);
  }

  /** Returns the largest sparsity of all points. */
  @Override
  public double target() {
    return Collections.max(points.values());
  }

  @Override
  public boolean falls() {
    double before = 0;
    for (double sparsity : points.values()) {
      if (sparsity < before) {
        return true;
      }
      before = sparsity;
    }
    return false;
  }

  @Override
  public double sparsityAt(long count) {
    SortedMap<Long, Double> later = points.tailMap(count);
    if (later.isEmpty()) {
      return points.get(points.lastKey());
    }
    long to = later.firstKey();
    SortedMap<Long, Double> earlier = points.headMap(count);
    if (to == count || earlier.isEmpty()) {
      return points.get(to);
    }
    long from = earlier.lastKey();
    double a = points.get(from);
    return a + (points.get(to) - a) * (count - from) / (to - from);
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Double> written = new LinkedHashMap<>();
    points.forEach((count, sparsity) -> written.put(Long.toString(count), sparsity));
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("points", written);
    parameters.put("every", every);
    parameters.put("unit", unit.text());
    return parameters;
  }
}
