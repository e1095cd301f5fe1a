package org.espalier.examples.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table for a terminal: two columns of text stand left, figures right. */
public final class TextTable {

  private static final int LEFT_COLUMNS = 2;
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();
  private final int columns;

  /** Starts a table with its heads. */
  public TextTable(String... heads) {
    this.columns = heads.length;
    rows.add(heads);
    rule();
  }

  /** Adds a row of as many cells as there are heads. */
  public void row(String... cells) {
    rows.add(cells);
  }

  /** Adds a line across. */
  public void rule() {
    rows.add(null);
  }

  /** Returns lines that end in a line feed. */
  public String text() {
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int c = 0; row != null && c < columns; c++) {
        widths[c] = Math.max(widths[c], printable(row[c]).length());
      }
    }
    int total = Arrays.stream(widths).sum() + GAP.length() * (columns - 1);
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      text.append(row == null ? "-".repeat(total) : line(row, widths)).append('\n');
    }
    return text.toString();
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.length; c++) {
      String cell = printable(row[c]);
      String blanks = " ".repeat(widths[c] - cell.length());
      line.append(c == 0 ? "" : GAP).append(c < LEFT_COLUMNS ? cell + blanks : blanks + cell);
    }
    return line.toString().stripTrailing();
  }

  /** A name from a file must not move the cursor. */
  private static String printable(String cell) {
    return cell.replaceAll("\\p{Cntrl}", "?");
  }

  /** Returns extents such as {@code 4x3x2}. */
  public static String shape(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }

  /** Returns a count with thousands apart. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns a fraction with four decimals. */
  public static String fraction(double fraction) {
    return String.format(Locale.ROOT, "%.4f", fraction);
  }
}
