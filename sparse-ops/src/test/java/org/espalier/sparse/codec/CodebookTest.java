package org.espalier.sparse.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class CodebookTest {

  private static final Clustering LINEAR = Clustering.defaults();

  /** The 4 x 4 weights of figure 3 of the paper. */
  private static final float[] FIGURE_3 = {
    2.09f, -0.98f, 1.48f, 0.09f, 0.05f, -0.14f, -1.08f, 2.12f, -0.91f, 1.92f, 0, -1.03f, 1.87f, 0,
    1.53f, 1.49f
  };

  @Test
  void figure3OfThePaper() {
    for (Initialization initialization :
        new Initialization[] {Initialization.LINEAR, Initialization.DENSITY}) {
      Codebook codebook = Codebook.learn(FIGURE_3, 4, new Clustering(initialization, 1, 100));
      // The paper lists the shared values from 2.00 down to -1.00 and numbers them from below.
      assertArrayEquals(new float[] {-1, 0, 1.5f, 2}, codebook.entries(), 1e-6f);
      assertArrayEquals(
          new int[] {3, 0, 2, 1, 1, 1, 0, 3, 0, 3, 1, 0, 3, 1, 2, 2}, codebook.codes(FIGURE_3));
    }
  }

  @Test
  void theRateOfEquation1() {
    // 16 weights, 4 clusters: 16 * 32 / (16 * 2 + 4 * 32) = 3.2, as the paper says.
    assertEquals(3.2, Codebook.of(-1, 0, 1.5f, 2).compressionRate(16));
    // 5 values need 3 bits: 100 * 32 / (100 * 3 + 5 * 32).
    assertEquals(3200.0 / 460, Codebook.of(1, 2, 3, 4, 5).compressionRate(100));
    assertEquals(1600.0 / 32, Codebook.of(7).compressionRate(50));
  }

  @Test
  void fewDifferentWeightsStayAsTheyAre() {
    float[] weights = {3, -1e-30f, 3, 1e30f, -1e-30f, 7};
    for (Initialization initialization : Initialization.values()) {
      Codebook codebook = Codebook.learn(weights, 4, new Clustering(initialization, 5, 1));
      assertArrayEquals(new float[] {-1e-30f, 3, 7, 1e30f}, codebook.entries());
    }
  }

  @Test
  void emptyClustersLeaveNoValue() {
    // Linear with k = 4: 0, 100/3, 200/3, 100. The two in the middle get nothing.
    Codebook codebook = Codebook.learn(new float[] {0, 1, 2, 3, 97, 100}, 4, LINEAR);
    assertArrayEquals(new float[] {1.5f, 98.5f}, codebook.entries());
  }

  @Test
  void centroidsThatRoundToTheSameValueBecomeOne() {
    float next = Math.nextUp(1f);
    float[] weights = {1, 1, next, next, Math.nextUp(next), 5};
    Codebook codebook = Codebook.learn(weights, 3, new Clustering(Initialization.DENSITY, 0, 50));
    float[] entries = codebook.entries();
    for (int i = 1; i < entries.length; i++) {
      assertTrue(entries[i - 1] < entries[i], Arrays.toString(entries));
    }
  }

  @Test
  void theMiddleOfTwoGoesToTheLower() {
    Codebook codebook = Codebook.of(-1, 1, 2);
    assertArrayEquals(
        new int[] {0, 0, 0, 1, 1, 2, 2},
        codebook.codes(new float[] {-50, -1, 0, 1, 1.5f, Math.nextUp(1.5f), 50}));
  }

  @Test
  void minusZeroIsZero() {
    Codebook codebook = Codebook.learn(new float[] {-0f, 0f, 2}, 2, LINEAR);
    assertArrayEquals(new float[] {0f, 2f}, codebook.entries());
    assertEquals(0, Float.floatToRawIntBits(codebook.entry(0)));
    // A mean of zero is +0 too: (-1 + 1) / 2, and -1e-45 / 2 rounds to -0 without the rule.
    float tiny = Float.MIN_VALUE;
    Codebook means = Codebook.learn(new float[] {-tiny, 0, 9, 10}, 2, LINEAR);
    assertEquals(0, Float.floatToRawIntBits(means.entry(0)));
  }

  @Test
  void valuesAtTheEdgeOfTheRange() {
    float most = Float.MAX_VALUE;
    float[] weights = {-most, -most, Math.nextDown(most), most, most, 0, 1};
    Codebook codebook = Codebook.learn(weights, 3, LINEAR);
    assertEquals(3, codebook.size());
    assertEquals(-most, codebook.entry(0));
    assertEquals(0.5f, codebook.entry(1));
  }

  @Test
  void refusals() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Codebook.learn(new float[] {1, Float.NaN}, 2, LINEAR));
    assertThrows(IllegalArgumentException.class, () -> Codebook.learn(new float[] {1}, 0, LINEAR));
    assertThrows(IllegalArgumentException.class, () -> Codebook.of(1, 1));
    assertThrows(IllegalArgumentException.class, () -> Codebook.of(Float.NaN));
    InvalidInputException none =
        assertThrows(
            InvalidInputException.class, () -> new Clustering(Initialization.LINEAR, 1, 0));
    assertEquals("max_iterations", none.place());
    InvalidInputException bits =
        assertThrows(InvalidInputException.class, () -> new CodeBits(5, 13));
    assertEquals(
        "index_bits: expected 1 to 12 bits, found 13; choose a number in this range",
        bits.getMessage());
    assertThrows(InvalidInputException.class, () -> new CodeBits(0, 5));
  }

  @Property(tries = 100, seed = "4")
  void everyValueIsTheMeanOfItsWeightsAndUsed(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[100 + random.nextInt(400)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextDouble() - random.nextDouble());
    }
    int k = 2 + random.nextInt(30);
    for (Initialization initialization : Initialization.values()) {
      Clustering clustering = new Clustering(initialization, seed, 10_000);
      Codebook codebook = Codebook.learn(weights, k, clustering);
      assertEquals(codebook, Codebook.learn(weights, k, clustering));
      assertTrue(codebook.size() <= k);
      int[] codes = codebook.codes(weights);
      double[] sums = new double[codebook.size()];
      int[] counts = new int[codebook.size()];
      Set<Integer> used = new HashSet<>();
      for (int i = 0; i < codes.length; i++) {
        sums[codes[i]] += weights[i];
        counts[codes[i]]++;
        used.add(codes[i]);
      }
      assertEquals(codebook.size(), used.size(), initialization.toString());
      for (int c = 0; c < codebook.size(); c++) {
        assertEquals(sums[c] / counts[c], codebook.entry(c), 1e-6, initialization.toString());
      }
    }
  }
}
