package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.codec.Clustering;
import org.espalier.sparse.codec.Codebook;
import org.espalier.sparse.codec.Initialization;
import org.junit.jupiter.api.Test;

class SharedCsrTest {

  /** 3 x 4, with an empty row and values that are easily lost. */
  private static final Csr SMALL =
      Csr.of(
          3,
          4,
          new int[] {0, 2, 2, 5},
          new int[] {1, 3, 0, 1, 2},
          new float[] {1.5f, -0f, AllFormats.NAN_WITH_PAYLOAD, 0f, 1.5f});

  @Test
  void keepsEveryBitOfTheValues() {
    SharedCsr shared = SharedCsr.of(SMALL);
    assertEquals(4, shared.codebook().length);
    assertEquals(5, shared.nonZeros());
    assertArrayEquals(AllFormats.bits(SMALL.values()), AllFormats.bits(shared.toCsr().values()));
    assertArrayEquals(SMALL.rowPointers(), shared.toCsr().rowPointers());
    assertArrayEquals(SMALL.columnIndices(), shared.toCsr().columnIndices());
    // 5 codes, 5 columns and 4 row pointers of a byte each, 4 floats.
    assertEquals(5 + 5 + 4 + 16, shared.bytes());
    assertEquals("SharedCsr[3 x 4] stores 5 of 4 values", shared.toString());
  }

  @Test
  void keepsUpTo256Values() {
    Csr full = distinct(256);
    assertEquals(full, SharedCsr.of(full).toCsr());
    String message =
        assertThrows(InvalidInputException.class, () -> SharedCsr.of(distinct(257))).getMessage();
    assertTrue(message.contains("at most 256 different ones"), message);
  }

  @Test
  void findsTheCodebookOfTheCodec() {
    float[] weights = new float[40 * 50];
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < weights.length; i += 2) {
      weights[i] = (float) random.nextDouble() - 0.5f;
    }
    Csr pruned = Csr.ofDense(weights, 40, 50);
    Clustering clustering = new Clustering(Initialization.LINEAR, 1, 20);
    Codebook codebook = Codebook.learn(pruned.values(), 255, clustering);
    float[] shared = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      shared[i] = weights[i] == 0 ? 0 : codebook.entry(codebook.code(weights[i]));
    }
    Csr decoded = Csr.ofDense(shared, 40, 50);
    SharedCsr found = SharedCsr.of(decoded);
    assertEquals(decoded, found.toCsr());
    assertTrue(found.codebook().length <= codebook.size());
  }

  @Test
  void linearCodesAreWithinHalfAStep() {
    float[] values = {-2.54f, 0.0099f, 0.0101f, -0.031f, 1.275f, 2.54f};
    Csr matrix = Csr.of(1, 6, new int[] {0, 6}, new int[] {0, 1, 2, 3, 4, 5}, values);
    SharedCsr shared = SharedCsr.linear(matrix);
    // The step is 2.54 / 127 = 0.02; 127 stands for 0, 125 for -2 steps, 191 for 64.
    byte[] codes = {0, 127, (byte) 128, 125, (byte) 191, (byte) 254};
    assertArrayEquals(codes, shared.codes());
    float[] again = shared.toCsr().values();
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], again[i], 0.010001f);
    }
    assertEquals(2.54f, again[5]);
  }

  @Test
  void linearTakesZerosAndRefusesInfinities() {
    Csr zeros = Csr.of(1, 2, new int[] {0, 2}, new int[] {0, 1}, new float[2]);
    assertArrayEquals(new float[2], SharedCsr.linear(zeros).toCsr().values());
    Csr tiny = Csr.of(1, 1, new int[] {0, 1}, new int[] {0}, new float[] {Float.MIN_VALUE});
    assertEquals(tiny, SharedCsr.linear(tiny).toCsr());
    assertThrows(InvalidInputException.class, () -> SharedCsr.linear(SMALL));
  }

  @Test
  void refusesCodesWithoutAValue() {
    int[] pointers = {0, 1};
    String message =
        assertThrows(
                InvalidInputException.class,
                () ->
                    SharedCsr.of(1, 1, pointers, new int[1], new byte[] {-1}, new float[] {1f, 2f}))
            .getMessage();
    assertTrue(message.contains("a code in [0, 2)") && message.contains("255"), message);
    assertThrows(
        InvalidInputException.class,
        () -> SharedCsr.of(1, 1, pointers, new int[1], new byte[1], new float[257]));
    assertThrows(
        InvalidInputException.class,
        () -> SharedCsr.of(1, 1, pointers, new int[] {1}, new byte[1], new float[1]));
    Csr one = SharedCsr.of(1, 1, pointers, new int[1], new byte[] {1}, new float[] {1, 2}).toCsr();
    assertArrayEquals(new float[] {2f}, one.toDense());
  }

  private static Csr distinct(int count) {
    int[] columns = new int[count];
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      columns[i] = i;
      values[i] = (i * 97 % count + 1) * (i % 2 == 0 ? 0.1f : -0.1f);
    }
    return Csr.of(1, count, new int[] {0, count}, columns, values);
  }
}
