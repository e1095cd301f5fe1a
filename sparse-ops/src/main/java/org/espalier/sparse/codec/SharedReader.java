package org.espalier.sparse.codec;

import java.io.IOException;
import org.espalier.sparse.io.Tensor;

/** Reads what {@link SharedRecord} wrote, believing nothing. */
final class SharedReader {

  private final RecordHeader header;
  private final RecordInput in;
  private final float[] values;

  private SharedReader(RecordHeader header, RecordInput in) {
    this.header = header;
    this.in = in;
    this.values = new float[header.tensor().elements()];
  }

  /**
   * Reads the values that follow a header, up to the end of the record.
   *
   * @param length of the whole record
   */
  static Tensor read(RecordHeader header, RecordInput in, long length) throws IOException {
    SharedReader reader = new SharedReader(header, in);
    reader.readPayload(length);
    return Tensor.ofFloats(header.tensor().name(), header.tensor().shape(), reader.values);
  }

  private void readPayload(long length) throws IOException {
    // Header and checksum included; the payload is added below.
    long payload = in.remaining();
    int weightBits = in.readByte();
    int indexBits = in.readByte();
    if (!CodeBits.holds(weightBits) || !CodeBits.holds(indexBits)) {
      throw in.damaged("1 to " + CodeBits.MOST + " bits", weightBits + " and " + indexBits);
    }
    int count = (int) in.readVarint("a number of non-zeros", values.length);
    float[] codebook = new float[0];
    if (count > 0) {
      codebook = readCodebook(Math.min(count, 1 << weightBits));
    }
    long beforeStream = payload - in.remaining();
    BitReader stream = new BitReader(in);
    if (count > 0) {
      readEntries(stream, count, codebook, indexBits);
    }
    stream.requireZerosToTheEnd();
    long needed = beforeStream + stream.bytesConsumed();
    if (header.recordLength(needed) != length) {
      throw in.damaged("a record of " + header.recordLength(needed) + " bytes", length + " bytes");
    }
  }

  private float[] readCodebook(int most) throws IOException {
    int size = (int) in.readVarint("a number of shared values", most);
    if (size == 0) {
      throw in.damaged("at least one shared value", "none");
    }
    float[] codebook = new float[size];
    in.readFloats(codebook);
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(codebook[i]) || (i > 0 && codebook[i] <= codebook[i - 1])) {
        throw in.damaged("finite shared values in ascending order", codebook[i] + " at index " + i);
      }
    }
    return codebook;
  }

  private void readEntries(BitReader stream, int count, float[] codebook, int indexBits)
      throws IOException {
    int filler = RelativeIndex.filler(indexBits);
    CanonicalCode symbols = CanonicalCode.read(stream, filler + 1);
    CanonicalCode weights = CanonicalCode.read(stream, codebook.length);
    if (weights.size() != codebook.length) {
      throw in.damaged(
          "a code for " + codebook.length + " shared values", "one for " + weights.size());
    }
    long position = -1;
    for (int done = 0; done < count; ) {
      int symbol = symbols.read(stream);
      position += symbol == filler ? filler : symbol + 1L;
      if (position >= values.length) {
        throw in.damaged("positions below " + values.length, "entry " + done + " at " + position);
      }
      if (symbol != filler) {
        values[(int) position] = codebook[weights.read(stream)];
        done++;
      }
    }
  }
}
