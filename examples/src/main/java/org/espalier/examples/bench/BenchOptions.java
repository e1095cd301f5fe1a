package org.espalier.examples.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.kernel.Layout;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * What a user asks of a benchmark.
 *
 * @param shapes at least one
 * @param patterns at least one
 * @param sparsities at least one, each in [0, 1); not for patterns that fix theirs
 * @param layout of the packed weights; empty = what the library chooses
 * @param threads of both sides, 1 to 256
 * @param seed of weights and inputs
 * @param effort how long to measure
 * @param json file for the figures
 * @param plot file for the plot, .png or .svg
 */
public record BenchOptions(
    List<BenchShape> shapes,
    List<SparsityPattern> patterns,
    List<Double> sparsities,
    Optional<Layout> layout,
    int threads,
    long seed,
    Effort effort,
    Optional<Path> json,
    Optional<Path> plot) {

  private static final int MOST_THREADS = 256;

  /** Checks the ranges and takes each shape, pattern and sparsity once. */
  public BenchOptions {
    shapes = shapes.stream().distinct().toList();
    patterns = patterns.stream().distinct().toList();
    sparsities = sparsities.stream().distinct().toList();
    for (double sparsity : sparsities) {
      if (!(sparsity >= 0 && sparsity < 1)) {
        throw new InvalidInputException(
            "--sparsity",
            "fractions of zeros in [0, 1)",
            Double.toString(sparsity),
            "0.9 prunes nine weights of ten");
      }
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new InvalidInputException(
          "--threads",
          "1 to " + MOST_THREADS,
          Integer.toString(threads),
          "use as many as the machine has processors");
    }
  }
}
