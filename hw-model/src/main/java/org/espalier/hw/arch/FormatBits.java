package org.espalier.hw.arch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.sparse.InvalidInputException;

/**
 * What an operand takes in a memory that counts bits, R x C with n non-zeros of b bits at density
 * d:
 *
 * <ul>
 *   <li>{@code dense}: RC b
 *   <li>{@code bitmask}: RC + n b
 *   <li>{@code coo}: n (b + ceil lg R + ceil lg C)
 *   <li>{@code csr}: n (b + ceil lg C) + (R + 1) ceil lg (n + 1); {@code csc} alike by columns
 *   <li>{@code rle:K}: E (b + K), where an entry has the zeros before it, 0 to 2^K - 1, and a
 *       longer run takes entries without a value, of 2^K positions each. In a row of C elements, E
 *       = n (1 + sum over q &gt;= 1 of (1 - d)^(q 2^K) max(C - q 2^K, 0) / C), as S. Han et al.,
 *       EIE, ISCA 2016, pad, for non-zeros that are independent and alike.
 * </ul>
 *
 * <p>{@link org.espalier.sparse.format.StorageRule} counts the bytes of the same formats in this
 * library, whose indices take whole bytes.
 */
public final class FormatBits {

  private static final Pattern RUNS = Pattern.compile("rle:([1-9]|1[0-6])");

  /** Values as they are, zeros included. */
  public static final FormatBits DENSE = new FormatBits("dense", 0);

  private final String text;
  private final int runBits;

  private FormatBits(String text, int runBits) {
    this.text = text;
    this.runBits = runBits;
  }

  /**
   * Reads a format.
   *
   * @param text dense, bitmask, coo, csr, csc, or rle:K with K of 1 to 16
   * @throws InvalidInputException if it is none of them
   */
  public static FormatBits parse(String text) {
    Matcher runs = RUNS.matcher(text);
    if (runs.matches()) {
      return new FormatBits(text, Integer.parseInt(runs.group(1)));
    }
    return switch (text) {
      case "dense", "bitmask", "coo", "csr", "csc" -> new FormatBits(text, 0);
      default ->
          throw new InvalidInputException(
              "format",
              "dense, bitmask, coo, csr, csc, or rle:K with K of 1 to 16",
              "'" + text + "'",
              "write for example bitmask or rle:4");
    };
  }

  /** Returns the text form. */
  public String text() {
    return text;
  }

  /**
   * Returns the bits of values and metadata.
   *
   * @param rows at least 1
   * @param columns at least 1
   * @param nonZeros 0 to rows * columns
   * @param valueBits at least 1
   */
  public double bits(int rows, int columns, double nonZeros, int valueBits) {
    double elements = (double) rows * columns;
    double values = nonZeros * valueBits;
    double pointer = ceilLog(nonZeros + 1);
    return switch (text) {
      case "dense" -> elements * valueBits;
      case "bitmask" -> elements + values;
      case "coo" -> values + nonZeros * (ceilLog(rows) + ceilLog(columns));
      case "csr" -> values + nonZeros * ceilLog(columns) + (rows + 1) * pointer;
      case "csc" -> values + nonZeros * ceilLog(rows) + (columns + 1) * pointer;
      default -> nonZeros * (1 + padding(nonZeros / elements, columns)) * (valueBits + runBits);
    };
  }

  /** Entries without a value, for each with one. */
  private double padding(double density, int length) {
    double step = 1L << runBits;
    double sum = 0;
    double broken = Math.pow(1 - density, step);
    double probability = broken;
    for (double past = step; past < length && probability > 0; past += step) {
      sum += probability * (length - past) / length;
      probability *= broken;
    }
    return sum;
  }

  private static int ceilLog(double values) {
    return values <= 1 ? 0 : 64 - Long.numberOfLeadingZeros((long) Math.ceil(values) - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FormatBits format && text.equals(format.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
