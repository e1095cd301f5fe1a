package org.espalier.sparse.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.espalier.sparse.InvalidInputException;

/**
 * Turns the values of a {@code .npy} array into float32: all of float16, and of the wider types
 * those that float32 can hold exactly. Silently rounded weights would make another model.
 */
final class NpyValues {

  private final String place;
  private final char kind;
  private final int size;
  private final ByteOrder order;

  /**
   * @param place file and entry, for messages
   * @param descr the type as NumPy writes it, for example {@code <f4}
   * @throws InvalidInputException if the type is not supported
   */
  NpyValues(String place, String descr) {
    this.place = place;
    if (!descr.matches("[<>|=](f[248]|[iu][1248]|b1)")) {
      throw new InvalidInputException(
          place,
          "float16, float32, float64, bool or an integer type",
          "type '" + descr + "'",
          "convert the array with astype(numpy.float32)");
    }
    kind = descr.charAt(1);
    size = descr.charAt(2) - '0';
    boolean foreign = descr.charAt(0) == '=' && ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
    order = descr.charAt(0) == '>' || foreign ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** Returns the bytes of one value in the file. */
  int size() {
    return size;
  }

  /** Returns whether the values stay bytes: uint8 and bool. */
  boolean areBytes() {
    return size == 1 && kind != 'i';
  }

  /**
   * Converts whole values.
   *
   * @param from positioned at the first one; all remaining bytes are read
   * @param index of the first one, for messages and for its place in {@code to}
   */
  void convert(ByteBuffer from, float[] to, int index) {
    from.order(order);
    int i = index;
    while (from.remaining() >= size) {
      to[i] = kind == 'f' ? ofFloat(from, i) : ofInteger(from, i);
      i++;
    }
  }

  private float ofFloat(ByteBuffer from, int index) {
    switch (size) {
      case 2:
        return half(from.getShort());
      case 4:
        return from.getFloat();
      default:
        double value = from.getDouble();
        float rounded = (float) value;
        if (rounded != value && !Double.isNaN(value)) {
          throw inexact("float64", index, Double.toString(value));
        }
        return rounded;
    }
  }

  private float ofInteger(ByteBuffer from, int index) {
    boolean signed = kind == 'i';
    long value =
        switch (size) {
          case 1 -> signed ? from.get() : from.get() & 0xFF;
          case 2 -> signed ? from.getShort() : from.getShort() & 0xFFFF;
          case 4 -> signed ? from.getInt() : from.getInt() & 0xFFFFFFFFL;
          default -> from.getLong();
        };
    // A set top bit of uint64 means 2^63 and more: keep the message's digits right.
    boolean beyond = !signed && value < 0;
    long magnitude = beyond ? value : Math.abs(value);
    int span = 64 - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude);
    if (magnitude != 0 && span > 24) {
      String digits = beyond ? Long.toUnsignedString(value) : Long.toString(value);
      throw inexact((signed ? "int" : "uint") + 8 * size, index, digits);
    }
    // With at most 24 significant bits both steps are exact.
    return beyond ? (float) (value >>> 1) * 2f : (float) value;
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

  private InvalidInputException inexact(String type, int index, String value) {
    return new InvalidInputException(
        place,
        "values that float32 holds exactly",
        type + " value " + value + " at index " + index,
        "convert the array with astype(numpy.float32)");
  }
}
