package org.espalier.tribuo.linear;

import java.util.Map;
import org.espalier.sparse.format.FormatBytes;
import org.espalier.sparse.format.IndexWidth;
import org.espalier.sparse.mask.Mask;
import org.espalier.tribuo.bytes.ByteReader;
import org.espalier.tribuo.bytes.ByteWriter;

/**
 * Sparse weights as bytes, in the smaller of two formats of sparse-ops: a bit per weight that says
 * whether it is there, or rows whose column numbers take 1, 2 or 4 bytes. Either way a weight that
 * is there takes eight more.
 */
final class WeightBytes {

  private static final int BITMASK = 0;
  private static final int ROWS = 1;

  private WeightBytes() {}

  static void write(SparseWeights weights, ByteWriter out) {
    SparseLines rows = weights.rows();
    int count = rows.values().length;
    out.doubles(weights.bias()).doubles(rows.values());
    long[] bits = weights.elements() <= Integer.MAX_VALUE ? bits(rows) : null;
    if (bits != null && isSmaller(bits, rows)) {
      out.number(BITMASK).words(bits);
    } else {
      out.number(ROWS).numbers(rows.pointers(), IndexWidth.bytesFor(count));
      out.numbers(rows.places(), IndexWidth.bytesFor(rows.width() - 1L));
    }
  }

  private static boolean isSmaller(long[] bits, SparseLines rows) {
    Mask mask = Mask.ofWords(new int[] {rows.lines(), rows.width()}, bits);
    Map<String, Long> bytes = FormatBytes.of(mask, Double.BYTES);
    return bytes.get("bitmask") <= bytes.get("csr");
  }

  private static long[] bits(SparseLines rows) {
    long[] words = new long[Mask.wordCount(rows.lines() * rows.width())];
    for (int r = 0; r < rows.lines(); r++) {
      for (int e = rows.pointers()[r]; e < rows.pointers()[r + 1]; e++) {
        int i = r * rows.width() + rows.places()[e];
        words[i >> 6] |= 1L << i;
      }
    }
    return words;
  }

  /**
   * Reads weights.
   *
   * @param outputs of the model that they are for
   * @param features of the model that they are for
   * @throws org.espalier.sparse.InvalidInputException if the bytes are no weights of such a model
   */
  static SparseWeights read(int outputs, int features, ByteReader in) {
    double[] bias = in.doubles();
    double[] values = in.doubles();
    SparseLines rows;
    if (in.number("a form", BITMASK, ROWS) == BITMASK) {
      rows = ofBits(in.words(), outputs, features, values);
    } else {
      int[] pointers = in.numbers(IndexWidth.bytesFor(values.length));
      int[] places = in.numbers(IndexWidth.bytesFor(features - 1L));
      rows = new SparseLines(features, pointers, places, values);
    }
    if (rows.lines() != outputs) {
      throw ByteReader.damaged(outputs + " rows of weights", rows.lines() + "");
    }
    return new SparseWeights(rows.transpose(), bias);
  }

  private static SparseLines ofBits(long[] words, int outputs, int features, double[] values) {
    long elements = (long) outputs * features;
    if (words.length != (elements + 63) / 64) {
      throw ByteReader.damaged(
          "a bit for each of %d weights".formatted(elements), words.length + " words");
    }
    int[] pointers = new int[outputs + 1];
    int[] places = new int[values.length];
    int at = 0;
    for (int i = 0; i < elements; i++) {
      if ((words[i >> 6] >>> i & 1) == 1 && at++ < places.length) {
        places[at - 1] = i % features;
      }
      pointers[i / features + 1] = at;
    }
    if (at != places.length) {
      throw ByteReader.damaged(places.length + " bits that are set", at + "");
    }
    return new SparseLines(features, pointers, places, values);
  }
}
