package org.espalier.examples.bench;

import java.util.SplittableRandom;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Weights and inputs of a product: uniform in (-1, 1), never 0 but where pruned. Which weights live
 * is as random as the pattern allows, and their number exact.
 *
 * @param weights m x k, row-major
 * @param mask m x k, of the weights that live
 * @param input k x n, row-major
 */
public record RandomOperands(float[] weights, Mask mask, float[] input) {

  /**
   * Draws operands; the same for the same arguments, whatever else is measured.
   *
   * @param shape of the product
   * @param pattern that fits m x k
   * @param sparsity in [0, 1)
   * @param seed of everything
   */
  public static RandomOperands of(
      BenchShape shape, SparsityPattern pattern, double sparsity, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Mask mask = mask(new int[] {shape.m(), shape.k()}, pattern, sparsity, random.split());
    float[] weights = uniform(shape.m() * shape.k(), random);
    mask.applyTo(weights);
    return new RandomOperands(weights, mask, uniform(shape.k() * shape.n(), random));
  }

  /** Random scores, and the pattern keeps the best of them. */
  private static Mask mask(
      int[] extents, SparsityPattern pattern, double sparsity, SplittableRandom random) {
    float[] scores = new float[Mask.elements(extents)];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) random.nextDouble();
    }
    Scores units = pattern.unitScores(Scores.of(scores), extents, Aggregate.SUM);
    return pattern.best(units, extents, pattern.kept(sparsity, extents));
  }

  /** Odd multiples of 2^-24 are exact as float, and never 0. */
  private static float[] uniform(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (2 * random.nextInt(1 << 24) + 1 - (1 << 24)) * 0x1p-24f;
    }
    return values;
  }
}
