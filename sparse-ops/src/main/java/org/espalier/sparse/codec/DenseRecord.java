package org.espalier.sparse.codec;

import java.io.IOException;
import java.util.Optional;
import org.espalier.sparse.io.Tensor;

/** Values as they are, bit for bit. */
final class DenseRecord implements TensorRecord {

  private final Tensor tensor;
  private final RecordHeader header;

  DenseRecord(Tensor tensor) {
    this.tensor = tensor;
    boolean bytes = tensor.type() == Tensor.Type.UINT8;
    this.header =
        RecordHeader.of(bytes ? RecordHeader.Kind.BYTES : RecordHeader.Kind.FLOATS, tensor);
  }

  /** Reads the values that follow a header; there is room for nothing else. */
  static Tensor read(RecordHeader header, RecordInput in) throws IOException {
    String name = header.tensor().name();
    int[] shape = header.tensor().shape();
    requireSize(header, in);
    if (header.kind() == RecordHeader.Kind.BYTES) {
      byte[] values = new byte[header.tensor().elements()];
      in.readFully(values);
      return Tensor.ofBytes(name, shape, values);
    }
    float[] values = new float[header.tensor().elements()];
    in.readFloats(values);
    return Tensor.ofFloats(name, shape, values);
  }

  /** Refuses a record whose length is not that of its values. */
  static void requireSize(RecordHeader header, RecordInput in) {
    if (in.remaining() != header.tensor().bytes()) {
      throw in.damaged(
          header.tensor().bytes() + " bytes for " + header.tensor(), in.remaining() + " bytes");
    }
  }

  @Override
  public RecordHeader header() {
    return header;
  }

  @Override
  public long payloadBytes() {
    return header.tensor().bytes();
  }

  @Override
  public void writePayload(RecordOutput out) throws IOException {
    if (tensor.type() == Tensor.Type.UINT8) {
      out.write(tensor.bytes());
    } else {
      out.writeFloats(tensor.floats());
    }
  }

  @Override
  public Tensor decoded() {
    return tensor;
  }

  @Override
  public TensorCompression compression() {
    long values = payloadBytes();
    return new TensorCompression(
        tensor.name(),
        tensor.elements(),
        new StageBytes(values, values, values, bytes()),
        Optional.empty());
  }
}
