package org.espalier.tribuo.bytes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.espalier.sparse.mask.Mask;

/** Writes the parts of a model as bytes, big-endian; {@link ByteReader} reads them. */
public final class ByteWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** Something that cannot fail here: the stream is memory. */
  private interface Action {
    void run(DataOutputStream out) throws IOException;
  }

  private ByteWriter write(Action action) {
    try {
      action.run(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what was written. */
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }

  /** Four bytes. */
  public ByteWriter number(int value) {
    return write(o -> o.writeInt(value));
  }

  /** A length, then the bytes. */
  public ByteWriter bytes(byte[] value) {
    return number(value.length).write(o -> o.write(value));
  }

  /** UTF-8 of any length. */
  public ByteWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A length, then four bytes each. */
  public ByteWriter numbers(int[] values) {
    number(values.length);
    return write(
        o -> {
          for (int value : values) {
            o.writeInt(value);
          }
        });
  }

  /** A length, then eight bytes each. */
  public ByteWriter doubles(double[] values) {
    number(values.length);
    return write(
        o -> {
          for (double value : values) {
            o.writeDouble(value);
          }
        });
  }

  /**
   * A length, then each value in as few bytes as are asked for.
   *
   * @param values at least 0, below 256 to the power of {@code bytesEach}
   * @param bytesEach 1, 2 or 4
   */
  public ByteWriter numbers(int[] values, int bytesEach) {
    number(values.length);
    return write(
        o -> {
          for (int value : values) {
            for (int shift = 8 * (bytesEach - 1); shift >= 0; shift -= 8) {
              o.writeByte(value >>> shift);
            }
          }
        });
  }

  /** A length, then the longs of a bit set, each of eight bytes. */
  public ByteWriter words(long[] values) {
    number(values.length);
    return write(
        o -> {
          for (long value : values) {
            o.writeLong(value);
          }
        });
  }

  /**
   * A length; then, if that is smaller, a bit per value that says whether its bits are not all
   * zero, and those that are not; else all values. Every bit comes back, also those of -0 and NaN.
   */
  public ByteWriter floats(float[] values) {
    long[] words = new long[Mask.wordCount(values.length)];
    int kept = 0;
    for (int i = 0; i < values.length; i++) {
      if (Float.floatToRawIntBits(values[i]) != 0) {
        words[i >> 6] |= 1L << i;
        kept++;
      }
    }
    boolean sparse = words.length * 8L + kept * 4L < values.length * 4L;
    number(values.length).number(sparse ? 1 : 0);
    return write(
        o -> {
          for (int i = 0; sparse && i < words.length; i++) {
            o.writeLong(words[i]);
          }
          for (float value : values) {
            if (!sparse || Float.floatToRawIntBits(value) != 0) {
              o.writeInt(Float.floatToRawIntBits(value));
            }
          }
        });
  }
}
