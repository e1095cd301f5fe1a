package org.espalier.sparse.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.espalier.sparse.io.ElementType;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorHeader;

/**
 * What a record says of its tensor before the values.
 *
 * @param kind how the values are stored
 * @param tensor name, shape and the type that is decoded
 */
record RecordHeader(Kind kind, TensorHeader tensor) {

  /** How values are stored; the ordinal stands in the file. */
  enum Kind {
    /** As float32. */
    FLOATS(ElementType.FLOAT32),
    /** As uint8. */
    BYTES(ElementType.UINT8),
    /** Shared values and positions, Huffman coded. */
    SHARED(ElementType.FLOAT32);

    private final ElementType type;

    Kind(ElementType type) {
      this.type = type;
    }
  }

  /** Elements for which a record must have one byte at least. */
  static final int ELEMENTS_PER_BYTE = 256;

  /** Bytes of the checksum at the end of a record. */
  static final int CHECKSUM = Integer.BYTES;

  private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;
  private static final int MAX_RANK = 32;

  /** Returns the header for a tensor. */
  static RecordHeader of(Kind kind, Tensor tensor) {
    return new RecordHeader(kind, TensorHeader.of(tensor));
  }

  /** Returns the bytes of this header. */
  long bytes() {
    int name = nameBytes().length;
    long bytes = 1 + RecordOutput.varintBytes(name) + name + 1;
    for (int extent : tensor.shape()) {
      bytes += RecordOutput.varintBytes(extent);
    }
    return bytes;
  }

  /**
   * Returns the length of the whole record: what its length field says.
   *
   * @param payload bytes of the values
   */
  long recordLength(long payload) {
    long needed = bytes() + payload + CHECKSUM;
    return Math.max(needed, leastLength(tensor.elements()));
  }

  /** Writes this header. */
  void writeTo(OutputStream out) throws IOException {
    byte[] name = nameBytes();
    out.write(kind.ordinal());
    RecordOutput.writeVarint(name.length, out);
    out.write(name);
    out.write(tensor.shape().length);
    for (int extent : tensor.shape()) {
      RecordOutput.writeVarint(extent, out);
    }
  }

  /**
   * Reads a header.
   *
   * @param length of the whole record, which bounds the elements
   */
  static RecordHeader read(RecordInput in, long length) throws IOException {
    int code = in.readByte();
    if (code >= Kind.values().length) {
      throw in.damaged("a kind of record, 0 to 2", Integer.toString(code));
    }
    Kind kind = Kind.values()[code];
    String name = readName(in);
    int rank = in.readByte();
    if (rank > MAX_RANK) {
      throw in.damaged("at most " + MAX_RANK + " axes", rank + " axes");
    }
    int[] shape = new int[rank];
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      shape[i] = (int) in.readVarint("an extent", MOST_ELEMENTS);
      elements *= shape[i];
      if (elements > MOST_ELEMENTS) {
        throw in.damaged("fewer than 2^31 values", "more");
      }
    }
    if (leastLength(elements) > length) {
      throw in.damaged(
          "at least " + leastLength(elements) + " bytes for " + elements + " elements",
          "a record of " + length + " bytes");
    }
    return new RecordHeader(kind, new TensorHeader(name, kind.type, shape));
  }

  private static String readName(RecordInput in) throws IOException {
    int length =
        (int) in.readVarint("a length of the name", Math.min(MOST_ELEMENTS, in.remaining()));
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw in.damaged("a name in UTF-8", "other bytes");
    }
  }

  private byte[] nameBytes() {
    return tensor.name().getBytes(StandardCharsets.UTF_8);
  }

  private static long leastLength(long elements) {
    return (elements + ELEMENTS_PER_BYTE - 1) / ELEMENTS_PER_BYTE;
  }
}
