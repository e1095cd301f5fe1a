package org.espalier.sparse.format;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.sparse.InvalidInputException;

/**
 * What a format takes as a function of the shape and of the number of entries, by the formulas of
 * {@link Footprint}: exact where only that number matters, else for entries as the format wants
 * them or for random ones:
 *
 * <ul>
 *   <li>{@code dense}, {@code coo}, {@code csr}, {@code csc}, {@code bitmask}: exact
 *   <li>{@code bsr:RxC}: all entries in whole blocks, K / (R C) of them, rounded up
 *   <li>{@code N:M}: every group stored; at most N / M of the entries fit
 *   <li>{@code relative:B:P}, runs of B bits over P processing elements: the expected padding of
 *       entries that are independent and alike; per local column of L rows, at density d, that is d
 *       sum over q &gt;= 1 of (1 - d)^(q 2^B) max(L - q 2^B, 0) entries. It follows from the gaps
 *       being geometric: before the entry at p there are q 2^B and more empty rows with probability
 *       (1 - d)^(q 2^B) if p &gt;= q 2^B.
 * </ul>
 */
public final class StorageRule {

  private static final Pattern BLOCKS = Pattern.compile("bsr:(\\d{1,9})x(\\d{1,9})");
  private static final Pattern GROUPS = Pattern.compile("(\\d{1,9}):(\\d{1,9})");
  private static final Pattern RELATIVE = Pattern.compile("relative:(\\d{1,9}):(\\d{1,9})");

  /** The formats of a table for people. */
  private static final List<StorageRule> USUAL =
      List.of(
              "coo",
              "csr",
              "csc",
              "bitmask",
              "bsr:4x1",
              "bsr:1x4",
              "bsr:4x4",
              "bsr:16x1",
              "2:4",
              "relative:4:64")
          .stream()
          .map(StorageRule::parse)
          .toList();

  private final String format;
  private final double largestDensity;
  private final Formula formula;

  /** Footprint of {@code kept} entries in rows x columns. */
  private interface Formula {
    Footprint of(int rows, int columns, long kept);
  }

  private StorageRule(String format, double largestDensity, Formula formula) {
    this.format = format;
    this.largestDensity = largestDensity;
    this.formula = formula;
  }

  /** Returns the usual sparse formats. */
  public static List<StorageRule> usual() {
    return USUAL;
  }

  /**
   * Returns the rule of a format.
   *
   * @param text as listed above
   * @throws InvalidInputException if it is none of them
   */
  public static StorageRule parse(String text) {
    switch (text) {
      case "dense":
        return new StorageRule(text, 1, (rows, columns, k) -> Footprint.dense(rows, columns));
      case "coo":
        return new StorageRule(text, 1, Footprint::coo);
      case "csr":
        return new StorageRule(text, 1, Footprint::csr);
      case "csc":
        return new StorageRule(text, 1, Footprint::csc);
      case "bitmask":
        return new StorageRule(text, 1, Footprint::bitmask);
      default:
        return parseNumbers(text);
    }
  }

  private static StorageRule parseNumbers(String text) {
    Matcher blocks = BLOCKS.matcher(text);
    if (blocks.matches()) {
      BlockShape shape = new BlockShape(number(blocks, 1), number(blocks, 2));
      return new StorageRule(
          text,
          1,
          (rows, columns, kept) ->
              Footprint.bsr(rows, columns, shape, Footprint.ceil(kept, shape.area())));
    }
    Matcher groups = GROUPS.matcher(text);
    if (groups.matches() && number(groups, 1) >= 1 && number(groups, 1) <= number(groups, 2)) {
      int keep = number(groups, 1);
      int group = number(groups, 2);
      return new StorageRule(
          text,
          (double) keep / group,
          (rows, columns, kept) -> Footprint.nOfM(rows, columns, keep, group));
    }
    Matcher runs = RELATIVE.matcher(text);
    if (runs.matches()) {
      int bits = number(runs, 1);
      int elements = number(runs, 2);
      if (bits >= 1 && bits <= RelativeIndexCsc.MOST_INDEX_BITS && elements >= 1) {
        return new StorageRule(
            text, 1, (rows, columns, kept) -> relative(rows, columns, kept, bits, elements));
      }
    }
    throw new InvalidInputException(
        "storage format",
        "dense, coo, csr, csc, bitmask, bsr:RxC, N:M, or relative:B:P with B of 1 to "
            + RelativeIndexCsc.MOST_INDEX_BITS,
        "'" + text + "'",
        "write for example bsr:4x1, 2:4 or relative:4:64");
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static Footprint relative(int rows, int columns, long kept, int bits, int elements) {
    double density = kept == 0 ? 0 : kept / ((double) rows * columns);
    int longer = rows % elements;
    double padding =
        longer * padding(density, rows / elements + 1, bits)
            + (double) (elements - longer) * padding(density, rows / elements, bits);
    long entries = kept + Math.round(padding * columns);
    return Footprint.relative(columns, elements, bits, entries, Footprint.ceil(entries, elements));
  }

  /**
   * Returns the padding entries to expect in a local column.
   *
   * @param density in [0, 1]
   * @param length local rows
   * @param bits of a run
   */
  static double padding(double density, int length, int bits) {
    long step = 1L << bits;
    double broken = Math.pow(1 - density, step);
    double probability = broken;
    double sum = 0;
    for (long past = step; past < length && probability > 0; past += step) {
      sum += probability * (length - past);
      probability *= broken;
    }
    return density * sum;
  }

  /** Returns the text form. */
  public String format() {
    return format;
  }

  /** Returns the density beyond which the format cannot hold a matrix: N / M for N:M, else 1. */
  public double largestDensity() {
    return largestDensity;
  }

  /**
   * Returns what a matrix takes.
   *
   * @param rows at least 0
   * @param columns at least 0
   * @param kept entries, in [0, rows columns]
   */
  public Footprint footprint(int rows, int columns, long kept) {
    if (rows < 0 || columns < 0 || kept < 0 || kept > (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d x %d does not have %d entries".formatted(rows, columns, kept));
    }
    return formula.of(rows, columns, kept);
  }

  @Override
  public String toString() {
    return format;
  }
}
