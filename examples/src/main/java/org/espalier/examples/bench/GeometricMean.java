package org.espalier.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The rows of one pattern and sparsity in one figure. Products with 49 and more columns, which
 * convolutions and sequences have, count together; each smaller number of columns stands alone,
 * since memory limits it in its own way.
 *
 * @param columns {@code N >= 49}, or for example {@code N = 16}
 * @param pattern text form
 * @param sparsity asked of the pattern
 * @param threads of both sides
 * @param shapes how many rows
 * @param speedupVsDense geometric mean
 * @param fractionOfFmaPeak geometric mean
 */
record GeometricMean(
    String columns,
    String pattern,
    double sparsity,
    int threads,
    int shapes,
    double speedupVsDense,
    double fractionOfFmaPeak) {

  static final String MANY = "N >= 49";
  private static final int FEWEST_OF_MANY = 49;

  private record Group(String columns, String pattern, double sparsity, int threads) {

    static Group of(BenchRow row) {
      return new Group(
          row.n() >= FEWEST_OF_MANY ? MANY : "N = " + row.n(),
          row.pattern(),
          row.sparsity(),
          row.threads());
    }
  }

  /** Returns the means in the order in which their first rows come. */
  static List<GeometricMean> all(List<BenchRow> rows) {
    Map<Group, List<BenchRow>> groups = new LinkedHashMap<>();
    rows.forEach(row -> groups.computeIfAbsent(Group.of(row), g -> new ArrayList<>()).add(row));
    return groups.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())).toList();
  }

  private static GeometricMean of(Group group, List<BenchRow> rows) {
    return new GeometricMean(
        group.columns(),
        group.pattern(),
        group.sparsity(),
        group.threads(),
        rows.size(),
        mean(rows, BenchRow::speedupVsDense),
        mean(rows, BenchRow::fractionOfFmaPeak));
  }

  private static double mean(List<BenchRow> rows, ToDoubleFunction<BenchRow> figure) {
    return Math.exp(
        rows.stream().mapToDouble(row -> Math.log(figure.applyAsDouble(row))).sum() / rows.size());
  }
}
