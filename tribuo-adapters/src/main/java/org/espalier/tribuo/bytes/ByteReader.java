package org.espalier.tribuo.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Reads what {@link ByteWriter} wrote. Lengths are checked against the bytes that are left before
 * anything is allocated: an array takes at most 32 times the bytes that it is read from.
 */
public final class ByteReader {

  private final ByteBuffer bytes;

  /** Reads from the begin of an array, which is not copied. */
  public ByteReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Returns what to throw about the bytes. */
  public static InvalidInputException damaged(String expected, String found) {
    return new InvalidInputException(
        "bytes of a model", expected, found, "the model file is damaged; save the model again");
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
  public void requireEnd() {
    if (bytes.hasRemaining()) {
      throw damaged("the end", bytes.remaining() + " more bytes");
    }
  }

  /** Reads four bytes. */
  public int number() {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  /** Reads a number in a range, both ends included. */
  public int number(String what, int least, int most) {
    int value = number();
    if (value < least || value > most) {
      throw damaged("%s from %d to %d".formatted(what, least, most), value + "");
    }
    return value;
  }

  /** Reads a length and as many bytes. */
  public byte[] bytes() {
    byte[] value = new byte[length(1)];
    bytes.get(value);
    return value;
  }

  /** Reads text in UTF-8. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Reads numbers of four bytes. */
  public int[] numbers() {
    int[] values = new int[length(Integer.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getInt();
    }
    return values;
  }

  /**
   * Reads numbers of 1, 2 or 4 bytes, unsigned; those of 4 may come out negative.
   *
   * @param bytesEach as they were written
   */
  public int[] numbers(int bytesEach) {
    int[] values = new int[length(bytesEach)];
    for (int i = 0; i < values.length; i++) {
      for (int b = 0; b < bytesEach; b++) {
        values[i] = values[i] << 8 | bytes.get() & 0xFF;
      }
    }
    return values;
  }

  /** Reads the longs of a bit set. */
  public long[] words() {
    long[] values = new long[length(Long.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getLong();
    }
    return values;
  }

  /** Reads numbers of eight bytes. */
  public double[] doubles() {
    double[] values = new double[length(Double.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getDouble();
    }
    return values;
  }

  /** Reads numbers that may be stored sparse. */
  public float[] floats() {
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
