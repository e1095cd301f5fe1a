package org.espalier.sparse.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.espalier.sparse.InvalidInputException;

/**
 * Turns the values of a tensor file into float32: all of float16 and bfloat16, and of the wider
 * types those that float32 can hold exactly. Silently rounded weights would make another model.
 */
final class ValueDecoder {

  private final String place;
  private final ElementType type;
  private final ByteOrder order;

  /**
   * @param place file and tensor, for messages
   * @param order of the bytes of a value
   */
  ValueDecoder(String place, ElementType type, ByteOrder order) {
    this.place = place;
    this.type = type;
    this.order = order;
  }

  /**
   * Converts whole values.
   *
   * @param from positioned at the first one; all remaining bytes are read
   * @param index of the first one, for messages and for its place in {@code to}
   */
  void convert(ByteBuffer from, float[] to, int index) {
    from.order(order);
    int count = from.remaining() / type.bytes();
    if (type == ElementType.FLOAT32) {
      from.asFloatBuffer().get(to, index, count);
      return;
    }
    for (int i = index; i < index + count; i++) {
      to[i] =
          switch (type) {
            case FLOAT16 -> half(from.getShort());
            case BFLOAT16 -> Float.intBitsToFloat(from.getShort() << 16);
            case FLOAT32 -> from.getFloat();
            case FLOAT64 -> ofDouble(from.getDouble(), i);
            case INT8 -> from.get();
            case INT16 -> from.getShort();
            case INT32 -> ofLong(from.getInt(), i);
            case INT64 -> ofLong(from.getLong(), i);
            case UINT8, BOOL -> from.get() & 0xFF;
            case UINT16 -> from.getShort() & 0xFFFF;
            case UINT32 -> ofLong(from.getInt() & 0xFFFFFFFFL, i);
            case UINT64 -> ofUnsigned(from.getLong(), i);
          };
    }
  }

  private float ofDouble(double value, int index) {
    float rounded = (float) value;
    if (rounded != value && !Double.isNaN(value)) {
      throw inexact(index, Double.toString(value));
    }
    return rounded;
  }

  private float ofLong(long value, int index) {
    if (significantBits(Math.abs(value)) > 24) {
      throw inexact(index, Long.toString(value));
    }
    return value;
  }

  private float ofUnsigned(long value, int index) {
    if (significantBits(value) > 24) {
      throw inexact(index, Long.toUnsignedString(value));
    }
    // A set top bit means 2^63 and more. With at most 24 significant bits both steps are exact.
    return value < 0 ? (float) (value >>> 1) * 2f : value;
  }

  private static int significantBits(long magnitude) {
    return magnitude == 0
        ? 0
        : 64 - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude);
  }

  /** IEEE 754 binary16: 1 sign bit, 5 exponent bits with bias 15, 10 fraction bits. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    int sign = (bits & 0x8000) << 16;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | sign);
    }
    int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  private InvalidInputException inexact(int index, String value) {
    return new InvalidInputException(
        place,
        "values that float32 holds exactly",
        type.text() + " value " + value + " at index " + index,
        "convert the array with astype(numpy.float32)");
  }
}
