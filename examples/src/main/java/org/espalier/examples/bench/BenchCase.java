package org.espalier.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * One row of a benchmark.
 *
 * @param shape of the product
 * @param pattern of the zeros of W
 * @param sparsity asked of the pattern, in [0, 1)
 */
record BenchCase(BenchShape shape, SparsityPattern pattern, double sparsity) {

  /** W as scores, values, a buffer for libtorch, and twice in sparse form while it is packed. */
  private static final long BYTES_PER_WEIGHT = 24;

  /** X for Java and in a buffer; Y of both sides and what an error is measured by. */
  private static final long BYTES_PER_VALUE = 16;

  /**
   * Returns every row that the options ask for: patterns, then shapes, then sparsities. A pattern
   * that fixes its sparsity gets one row per shape.
   *
   * @throws InvalidInputException if a pattern does not fit a shape or leaves nothing of it, or if
   *     the heap does not hold a shape
   */
  static List<BenchCase> all(BenchOptions options) {
    options.shapes().forEach(BenchCase::requireMemory);
    List<BenchCase> cases = new ArrayList<>();
    for (SparsityPattern pattern : options.patterns()) {
      for (BenchShape shape : options.shapes()) {
        int[] extents = {shape.m(), shape.k()};
        requireFits(pattern, shape);
        OptionalDouble fixed = pattern.fixedSparsity(extents);
        List<Double> sparsities =
            fixed.isPresent() ? List.of(fixed.getAsDouble()) : options.sparsities();
        for (double sparsity : sparsities) {
          requireWeights(pattern, sparsity, shape);
          cases.add(new BenchCase(shape, pattern, sparsity));
        }
      }
    }
    return cases;
  }

  private static void requireFits(SparsityPattern pattern, BenchShape shape) {
    Optional<String> misfit = pattern.misfit(new int[] {shape.m(), shape.k()});
    if (misfit.isPresent()) {
      throw new InvalidInputException(
          "--shapes " + shape.text(),
          misfit.get() + " for pattern " + pattern.text(),
          "W of " + shape.m() + " x " + shape.k(),
          "choose another shape or pattern");
    }
  }

  private static void requireWeights(SparsityPattern pattern, double sparsity, BenchShape shape) {
    int[] extents = {shape.m(), shape.k()};
    if (pattern.kept(sparsity, extents) == 0) {
      throw new InvalidInputException(
          "--sparsity",
          "at least one of the " + pattern.units(extents) + " units of " + pattern.text() + " kept",
          "none of shape " + shape.text() + " at " + sparsity,
          "lower the sparsity or enlarge the shape");
    }
  }

  private static void requireMemory(BenchShape shape) {
    long bytes =
        BYTES_PER_WEIGHT * shape.m() * shape.k()
            + BYTES_PER_VALUE * shape.n() * ((long) shape.k() + shape.m());
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw new InvalidInputException(
          "--shapes " + shape.text(),
          "what fits the Java heap of " + (heap >> 20) + " MB",
          "about " + (bytes >> 20) + " MB",
          "choose a smaller shape or set ESPALIER_JAVA_OPTIONS=-Xmx" + (bytes >> 19) + "m");
    }
  }
}
