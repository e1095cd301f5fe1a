package org.espalier.sparse.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a sparse format stops being smaller than the dense matrix. Exact for the widths of the
 * indices of that shape: found by bisection over the number of entries, as a format takes the more
 * the more it stores.
 *
 * @param format text form, see {@link StorageRule}
 * @param rows of the matrix
 * @param columns of the matrix
 * @param valueBytes bytes of one value, dense and sparse
 * @param density below it the format takes fewer bytes than the dense matrix, from it on not; 0 if
 *     it never does. A format that cannot hold every density ends at the largest one it can
 */
public record BreakEven(String format, int rows, int columns, int valueBytes, double density) {

  /**
   * Returns the break-even density of a format.
   *
   * @param rows at least 1
   * @param columns at least 1
   * @param valueBytes at least 1
   */
  public static BreakEven of(StorageRule rule, int rows, int columns, int valueBytes) {
    requireElements(rows, columns);
    long elements = (long) rows * columns;
    long dense = Footprint.dense(rows, columns).bytes(valueBytes);
    long most = (long) (rule.largestDensity() * elements);
    long smaller = -1;
    long larger = most + 1;
    while (larger - smaller > 1) {
      long kept = smaller + (larger - smaller) / 2;
      if (rule.footprint(rows, columns, kept).bytes(valueBytes) < dense) {
        smaller = kept;
      } else {
        larger = kept;
      }
    }
    double density = larger > most ? rule.largestDensity() : (double) larger / elements;
    return new BreakEven(rule.format(), rows, columns, valueBytes, density);
  }

  /**
   * Returns the break-even densities of the usual formats, with values of 1, 2 and 4 bytes each.
   *
   * @param rows at least 1
   * @param columns at least 1
   */
  public static List<BreakEven> table(int rows, int columns) {
    List<BreakEven> table = new ArrayList<>();
    for (StorageRule rule : StorageRule.usual()) {
      for (int valueBytes = 1; valueBytes <= 4; valueBytes *= 2) {
        table.add(of(rule, rows, columns, valueBytes));
      }
    }
    return List.copyOf(table);
  }

  /**
   * Returns the bytes of a format over those of the dense matrix.
   *
   * @param rows at least 1
   * @param columns at least 1
   * @param density of entries, in [0, {@code rule.largestDensity()}]; their number is rounded
   * @param valueBytes at least 1
   */
  public static double ratio(
      StorageRule rule, int rows, int columns, double density, int valueBytes) {
    requireElements(rows, columns);
    if (!(density >= 0 && density <= rule.largestDensity())) {
      throw new IllegalArgumentException(
          "the density for %s is in [0, %s], found %s"
              .formatted(rule, rule.largestDensity(), density));
    }
    long kept = Math.round(density * rows * columns);
    long bytes = rule.footprint(rows, columns, kept).bytes(valueBytes);
    return (double) bytes / Footprint.dense(rows, columns).bytes(valueBytes);
  }

  private static void requireElements(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "%d x %d has no elements to compare with".formatted(rows, columns));
    }
  }

  /** Returns a line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %d x %d, %d-byte values: smaller than dense below density %.3f",
        format,
        rows,
        columns,
        valueBytes,
        density);
  }
}
