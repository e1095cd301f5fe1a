package org.espalier.sparse.format;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.sparse.mask.Mask;

/** One matrix in every format, and dense matrices with the values that are easily lost. */
final class AllFormats {

  static final float NAN_WITH_PAYLOAD = Float.intBitsToFloat(0x7fc12345);

  private static final float[] SPECIAL = {
    NAN_WITH_PAYLOAD, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -0f, 1.5f, -Float.MAX_VALUE
  };

  private AllFormats() {}

  /** Every format that holds any matrix; the packed N:M keep all of each group. */
  static List<SparseMatrix> of(float[] dense, int rows, int columns) {
    List<SparseMatrix> formats = new ArrayList<>();
    formats.add(Coo.ofDense(dense, rows, columns));
    formats.add(Csr.ofDense(dense, rows, columns));
    formats.add(Csc.ofDense(dense, rows, columns));
    formats.add(Bitmask.ofDense(dense, rows, columns));
    for (BlockShape shape : shapes()) {
      formats.add(Bsr.ofDense(dense, rows, columns, shape));
    }
    for (int group : new int[] {1, 4, 5}) {
      formats.add(NmPacked.ofDense(dense, rows, columns, group, group));
    }
    for (int elements : new int[] {1, 3, 64}) {
      formats.add(RelativeIndexCsc.ofDense(dense, rows, columns, elements, 4));
      formats.add(RelativeIndexCsc.ofDense(dense, rows, columns, elements, 1));
    }
    return formats;
  }

  /** The same for what a mask keeps. */
  static List<SparseMatrix> of(float[] dense, Mask mask, int rows, int columns) {
    List<SparseMatrix> formats = new ArrayList<>();
    formats.add(Coo.ofDense(dense, mask, rows, columns));
    formats.add(Csr.ofDense(dense, mask, rows, columns));
    formats.add(Csc.ofDense(dense, mask, rows, columns));
    formats.add(Bitmask.ofDense(dense, mask, rows, columns));
    for (BlockShape shape : shapes()) {
      formats.add(Bsr.ofDense(dense, mask, rows, columns, shape));
    }
    for (int group : new int[] {1, 4, 5}) {
      formats.add(NmPacked.ofDense(dense, mask, rows, columns, group, group));
    }
    for (int elements : new int[] {1, 3, 64}) {
      formats.add(RelativeIndexCsc.ofDense(dense, mask, rows, columns, elements, 4));
      formats.add(RelativeIndexCsc.ofDense(dense, mask, rows, columns, elements, 1));
    }
    return formats;
  }

  private static List<BlockShape> shapes() {
    return List.of(
        new BlockShape(1, 1),
        new BlockShape(4, 1),
        new BlockShape(1, 4),
        new BlockShape(4, 4),
        new BlockShape(16, 1),
        new BlockShape(3, 5));
  }

  /** Values of all kinds, each zero with probability {@code sparsity}. */
  static float[] dense(long seed, int rows, int columns, double sparsity) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] dense = new float[rows * columns];
    for (int i = 0; i < dense.length; i++) {
      if (random.nextDouble() >= sparsity) {
        int kind = random.nextInt(30);
        dense[i] = kind < SPECIAL.length ? SPECIAL[kind] : (float) random.nextDouble() + 0.1f;
      }
    }
    return dense;
  }

  /** A mask that keeps each weight with probability 1 - {@code sparsity}, whatever its value. */
  static Mask mask(long seed, int rows, int columns, double sparsity) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[rows * columns];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextDouble() >= sparsity ? 1 : 0);
    }
    return Mask.ofBytes(bytes, rows, columns);
  }

  /** The bits of values, so that NaN and -0 compare. */
  static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  static float[] transposed(float[] dense, int rows, int columns) {
    float[] turned = new float[dense.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = dense[row * columns + column];
      }
    }
    return turned;
  }
}
