package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.KernelProvider;
import org.espalier.sparse.kernel.PackedMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits of a product depend neither on the kernels nor on how many examples go together. */
class ProductsTest {

  private static final int ROWS = 33;
  private static final int COLUMNS = 200;
  private static final int EXAMPLES = 150;

  private static final Random RANDOM = new Random(5);
  private static final float[] BIAS = floats(ROWS);
  private static final float[] X = floats(COLUMNS * EXAMPLES);

  private static float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) RANDOM.nextGaussian();
    }
    return values;
  }

  private static float[] weights(double density) {
    Random random = new Random(6);
    float[] weights = new float[ROWS * COLUMNS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextDouble() < density ? (float) random.nextGaussian() : 0;
    }
    return weights;
  }

  private static float[] product(PackedMatrix matrix, int first, int count) {
    float[] x = new float[COLUMNS * count];
    for (int row = 0; row < COLUMNS; row++) {
      System.arraycopy(X, row * EXAMPLES + first, x, row * count, count);
    }
    float[] y = new float[ROWS * count];
    matrix.multiply(x, count, y, new Epilogue(BIAS, false));
    return y;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.5, 1})
  void theSameBits(double density) {
    float[] weights = weights(density);
    PackedMatrix scalar = Products.pack(weights, ROWS, COLUMNS, KernelProvider.of("scalar"));
    float[] expected = product(scalar, 0, EXAMPLES);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(exact(weights, i / EXAMPLES, i % EXAMPLES), expected[i], 1e-4);
    }
    for (String name : KernelProvider.CHOICES) {
      PackedMatrix matrix = Products.pack(weights, ROWS, COLUMNS, KernelProvider.of(name));
      assertArrayEquals(expected, product(matrix, 0, EXAMPLES), name);
      for (int count : new int[] {1, 2, 5, 16, 17, 31, 64, 65}) {
        float[] some = product(matrix, 7, count);
        for (int row = 0; row < ROWS; row++) {
          int from = row * EXAMPLES + 7;
          assertArrayEquals(
              Arrays.copyOfRange(expected, from, from + count),
              Arrays.copyOfRange(some, row * count, (row + 1) * count),
              name + ", " + count + " columns");
        }
      }
    }
  }

  private static double exact(float[] weights, int row, int example) {
    double sum = BIAS[row];
    for (int k = 0; k < COLUMNS; k++) {
      sum += (double) weights[row * COLUMNS + k] * X[k * EXAMPLES + example];
    }
    return sum;
  }
}
