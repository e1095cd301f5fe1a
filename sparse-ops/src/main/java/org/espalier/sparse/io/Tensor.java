package org.espalier.sparse.io;

import java.util.Arrays;
import java.util.Objects;

/**
 * A named array of a tensor file: float32, uint8 as masks use it, or float64 where a reader asks
 * for it. Immutable except that the value arrays are live, because weights are large.
 */
public final class Tensor {

  /** The types of values that Espalier computes with. */
  public enum Type {
    /** IEEE 754 single precision. */
    FLOAT32(4),
    /** IEEE 754 double precision; read only, and only by {@link TensorFile#readWide}. */
    FLOAT64(8),
    /** Unsigned bytes. */
    UINT8(1);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Returns the bytes of one value. */
    public int bytes() {
      return bytes;
    }
  }

  private final String name;
  private final int[] shape;
  private final float[] floats;
  private final double[] doubles;
  private final byte[] bytes;

  private Tensor(String name, int[] shape, float[] floats, double[] doubles, byte[] bytes) {
    this.name = Objects.requireNonNull(name, "name");
    this.shape = shape;
    this.floats = floats;
    this.doubles = doubles;
    this.bytes = bytes;
  }

  /**
   * Names an array, which it takes over.
   *
   * @param shape extents, each at least 0; none for a single value
   * @param values row-major, as many as the shape has elements
   */
  public static Tensor ofFloats(String name, int[] shape, float... values) {
    requireElements(name, shape, values.length);
    return new Tensor(name, shape.clone(), values, null, null);
  }

  /** Names an array in double precision, as {@link #ofFloats} does. */
  static Tensor ofDoubles(String name, int[] shape, double... values) {
    requireElements(name, shape, values.length);
    return new Tensor(name, shape.clone(), null, values, null);
  }

  /**
   * Names an array of unsigned bytes, which it takes over.
   *
   * @param shape extents, each at least 0; none for a single value
   * @param values row-major, as many as the shape has elements
   */
  public static Tensor ofBytes(String name, int[] shape, byte... values) {
    requireElements(name, shape, values.length);
    return new Tensor(name, shape.clone(), null, null, values);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the type of the values. */
  public Type type() {
    if (floats != null) {
      return Type.FLOAT32;
    }
    return doubles != null ? Type.FLOAT64 : Type.UINT8;
  }

  /** Returns a copy of the extents. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns the number of values. */
  public int elements() {
    return switch (type()) {
      case FLOAT32 -> floats.length;
      case FLOAT64 -> doubles.length;
      case UINT8 -> bytes.length;
    };
  }

  /**
   * Returns the live values of a float32 tensor, or the values of a uint8 tensor as floats.
   *
   * @throws IllegalStateException if it is of type float64
   */
  public float[] floats() {
    if (floats != null) {
      return floats;
    }
    byte[] unsigned = bytes();
    float[] values = new float[unsigned.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = unsigned[i] & 0xFF;
    }
    return values;
  }

  /**
   * Returns the live values of a float64 tensor.
   *
   * @throws IllegalStateException if it is of another type
   */
  public double[] doubles() {
    if (doubles == null) {
      throw new IllegalStateException("'" + name + "' is " + type() + ", not FLOAT64");
    }
    return doubles;
  }

  /**
   * Returns the live values of a uint8 tensor.
   *
   * @throws IllegalStateException if it is of another type
   */
  public byte[] bytes() {
    if (bytes == null) {
      throw new IllegalStateException("'" + name + "' is " + type() + ", not UINT8");
    }
    return bytes;
  }

  private static void requireElements(String name, int[] shape, int found) {
    long elements = 1;
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException(
            "'%s' has a negative extent: %s".formatted(name, Arrays.toString(shape)));
      }
      // Capped, so that the next product cannot overflow; a zero extent still makes it zero.
      elements = Math.min(elements * extent, 1L << 31);
    }
    if (elements != found) {
      throw new IllegalArgumentException(
          "'%s' has shape %s, but %d values".formatted(name, Arrays.toString(shape), found));
    }
  }

  /** Two tensors are equal if name, type, shape and all bits are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && name.equals(tensor.name)
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(floats, tensor.floats)
        && Arrays.equals(doubles, tensor.doubles)
        && Arrays.equals(bytes, tensor.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        name,
        Arrays.hashCode(shape),
        Arrays.hashCode(floats),
        Arrays.hashCode(doubles),
        Arrays.hashCode(bytes));
  }

  @Override
  public String toString() {
    return "'" + name + "' " + type() + Arrays.toString(shape);
  }
}
