package org.espalier.tribuo.network;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.espalier.sparse.mask.Mask;

/** Writes the parts of a model as bytes, big-endian; {@link ByteReader} reads them. */
final class ByteWriter {

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
  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  ByteWriter number(int value) {
    return write(o -> o.writeInt(value));
  }

  /** A length, then the bytes. */
  ByteWriter bytes(byte[] value) {
    return number(value.length).write(o -> o.write(value));
  }

  /** UTF-8 of any length. */
  ByteWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  ByteWriter numbers(int[] values) {
    number(values.length);
    return write(
        o -> {
          for (int value : values) {
            o.writeInt(value);
          }
        });
  }

  ByteWriter doubles(double[] values) {
    number(values.length);
    return write(
        o -> {
          for (double value : values) {
            o.writeDouble(value);
          }
        });
  }

  /**
   * A length; then, if that is smaller, a bit per value that says whether its bits are not all
   * zero, and those that are not; else all values. Every bit comes back, also those of -0 and NaN.
   */
  ByteWriter floats(float[] values) {
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
