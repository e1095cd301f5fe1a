package org.espalier.tribuo.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Reads what {@link ByteWriter} wrote. Lengths are checked against the bytes that are left before
 * anything is allocated: an array takes at most 32 times the bytes that it is read from.
 */
final class ByteReader {

  private final ByteBuffer bytes;

  ByteReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Returns what to throw about the bytes. */
  static InvalidInputException damaged(String expected, String found) {
    return new InvalidInputException(
        "bytes of a network", expected, found, "the model file is damaged; save the model again");
  }

  private void require(long count) {
    if (count < 0 || count > bytes.remaining()) {
      throw damaged(count + " more bytes", bytes.remaining() + "");
    }
  }

  private int length(int bytesEach) {
    int length = number();
    if (length < 0) {
      throw damaged("a length of at least 0", length + "");
    }
    require((long) length * bytesEach);
    return length;
  }

  /** Refuses bytes that are left over. */
  void requireEnd() {
    if (bytes.hasRemaining()) {
      throw damaged("the end", bytes.remaining() + " more bytes");
    }
  }

  int number() {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  /** Reads a number in a range, both ends included. */
  int number(String what, int least, int most) {
    int value = number();
    if (value < least || value > most) {
      throw damaged("%s from %d to %d".formatted(what, least, most), value + "");
    }
    return value;
  }

  byte[] bytes() {
    byte[] value = new byte[length(1)];
    bytes.get(value);
    return value;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  int[] numbers() {
    int[] values = new int[length(Integer.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getInt();
    }
    return values;
  }

  double[] doubles() {
    double[] values = new double[length(Double.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getDouble();
    }
    return values;
  }

  float[] floats() {
    int length = number();
    boolean sparse = number("a form", 0, 1) == 1;
    if (length < 0) {
      throw damaged("a length of at least 0", length + "");
    }
    if (!sparse) {
      require((long) length * Float.BYTES);
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = Float.intBitsToFloat(bytes.getInt());
      }
      return values;
    }
    require((length + 63L) / 64 * Long.BYTES);
    long[] words = new long[Mask.wordCount(length)];
    long kept = 0;
    for (int i = 0; i < words.length; i++) {
      words[i] = bytes.getLong();
      kept += Long.bitCount(words[i]);
    }
    require(kept * Float.BYTES);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      if ((words[i >> 6] >>> i & 1) == 1) {
        values[i] = Float.intBitsToFloat(bytes.getInt());
      }
    }
    return values;
  }
}
