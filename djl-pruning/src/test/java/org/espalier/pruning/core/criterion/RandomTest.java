package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class RandomTest {

  private static double[] score(String name, long seed, int weights) {
    WeightTensor tensor = WeightTensor.of(name, new int[] {weights}, new float[weights]);
    return Random.INSTANCE.score(tensor.withSeed(seed)).toDoubles();
  }

  /** Numbers of src/test/python/criteria.py: the generator is part of the contract. */
  @Test
  void theGeneratorIsTheDocumentedOne() {
    double[] ascii = {0.12276609202699806, 0.08120993444894764, 0.8880107602891147};
    assertArrayEquals(ascii, score("fc1.weight", 42, 3));
    assertArrayEquals(
        new double[] {0.917864545699219, 0.7655268904965702}, score("gr\u00f6\u00dfe", -1, 2));
  }

  @Test
  void scoresAreUniform() {
    int n = 100_000;
    double[] scores = score("w", 7, n);
    int[] tenths = new int[10];
    for (double score : scores) {
      tenths[(int) (score * 10)]++;
    }
    // five standard deviations of a binomial count: 5 sqrt(n 0.1 0.9) = 474
    Arrays.stream(tenths).forEach(count -> assertEquals(n / 10, count, 474));
  }

  @Test
  void namesAndSeedsDrawApart() {
    assertEquals(0, common(score("a", 1, 1000), score("b", 1, 1000)));
    assertEquals(0, common(score("a", 1, 1000), score("a", 2, 1000)));
  }

  private static long common(double[] a, double[] b) {
    return Arrays.stream(a).filter(x -> Arrays.stream(b).anyMatch(y -> x == y)).count();
  }
}
