package org.espalier.experiments.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.examples.bench.BenchShape;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * The grid on which the CPU model is judged: every default shape of {@code espalier bench}, then
 * shapes drawn at random, with patterns and sparsities in turn. No calibration point is among them.
 */
final class CpuCases {

  private static final List<String> PATTERNS =
      List.of(
          "unstructured",
          "block:4x1",
          "2:4",
          "block:1x4",
          "unstructured",
          "block:8x1",
          "block:4x4",
          "balanced:8",
          "block:4x1",
          "block:16x1",
          "channel",
          "balanced-pe:8");

  private static final double[] SPARSITIES = {0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98};
  private static final int[] SIZES = {64, 128, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096};
  private static final int[] COLUMNS = {1, 8, 16, 32, 49, 64, 100, 128, 196, 256, 784, 3136};

  /** 14 ms of a dense product at 200 GFLOP/s. */
  private static final double MOST_MACS = 1.4e9;

  private CpuCases() {}

  /**
   * One product.
   *
   * @param shape sizes
   * @param pattern that fits
   * @param sparsity that the pattern gets
   */
  record Case(BenchShape shape, SparsityPattern pattern, double sparsity) {}

  /**
   * Returns the cases.
   *
   * @param count how many
   * @param seed of what is drawn
   */
  static List<Case> draw(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Case> cases = new ArrayList<>();
    for (BenchShape shape : BenchShape.parseAll(BenchShape.DEFAULTS)) {
      add(cases, shape, "unstructured", SPARSITIES[random.nextInt(SPARSITIES.length)]);
      add(cases, shape, "block:4x1", SPARSITIES[random.nextInt(SPARSITIES.length)]);
    }
    while (cases.size() < count) {
      int m = SIZES[random.nextInt(SIZES.length)];
      int k = SIZES[random.nextInt(SIZES.length)];
      int n = COLUMNS[random.nextInt(COLUMNS.length)];
      if ((double) m * k * n <= MOST_MACS) {
        String pattern = PATTERNS.get(cases.size() % PATTERNS.size());
        add(cases, new BenchShape(m, k, n), pattern, SPARSITIES[random.nextInt(SPARSITIES.length)]);
      }
    }
    return cases.subList(0, Math.min(count, cases.size()));
  }

  private static void add(List<Case> cases, BenchShape shape, String text, double sparsity) {
    SparsityPattern pattern = SparsityPattern.parse(text);
    int[] extents = {shape.m(), shape.k()};
    double fixed = pattern.fixedSparsity(extents).orElse(sparsity);
    if (pattern.misfit(extents).isEmpty() && pattern.kept(fixed, extents) > 0) {
      cases.add(new Case(shape, pattern, fixed));
    }
  }
}
