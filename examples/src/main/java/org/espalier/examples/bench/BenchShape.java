package org.espalier.examples.bench;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.sparse.InvalidInputException;

/**
 * The sizes of a product Y[m x n] = W[m x k] X[k x n].
 *
 * @param m rows of W, output features
 * @param k columns of W, input features
 * @param n columns of X: a batch, or positions of an image
 */
public record BenchShape(int m, int k, int n) {

  /**
   * Convolutions of ResNet-50 and ResNet-18 and the matrices of BERT-base, seen as products; then a
   * large matrix with a small batch, and with a single vector.
   */
  public static final String DEFAULTS =
      "512,512,196;256,1024,196;1024,256,196;2048,512,49;512,2048,49;768,768,128;3072,768,128;"
          + "768,3072,128;512,4608,49;64,576,3136;4096,4096,16;4096,4096,1";

  private static final String OPTION = "--shapes";
  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,9}),(\\d{1,9}),(\\d{1,9})");

  /** Virtual machines leave out the last few indices. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Checks that W, X and Y each fit an array. */
  public BenchShape {
    if (m < 1 || k < 1 || n < 1) {
      throw refusal(m + "," + k + "," + n);
    }
    long largest = Math.max((long) m * k, Math.max((long) k * n, (long) m * n));
    if (largest > LONGEST_ARRAY) {
      throw new InvalidInputException(
          OPTION,
          "M x K, K x N and M x N of at most " + LONGEST_ARRAY,
          m + "," + k + "," + n + " with " + largest,
          "choose a smaller shape");
    }
  }

  /**
   * Reads shapes.
   *
   * @param text {@code M,K,N;M,K,N;...}; blanks do not count
   * @throws InvalidInputException if there is none, or one that is no shape
   */
  public static List<BenchShape> parseAll(String text) {
    return Arrays.stream(text.replaceAll("\\s", "").split(";", -1)).map(BenchShape::parse).toList();
  }

  private static BenchShape parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw refusal(text);
    }
    return new BenchShape(number(matcher, 1), number(matcher, 2), number(matcher, 3));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static InvalidInputException refusal(String found) {
    return new InvalidInputException(
        OPTION,
        "M,K,N of whole numbers from 1 to 999999999",
        "'" + found + "'",
        "write for example '512,512,196;768,768,128'");
  }

  /** Returns the sizes as the option has them. */
  public String text() {
    return m + "," + k + "," + n;
  }
}
