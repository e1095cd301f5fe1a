package org.espalier.sparse.codec;

import java.io.IOException;
import java.io.OutputStream;
import org.espalier.sparse.io.Tensor;

/** A tensor that is ready to be written: its size is known. */
sealed interface TensorRecord permits DenseRecord, SharedRecord {

  /** Returns what stands before the values. */
  RecordHeader header();

  /** Returns the bytes of the values. */
  long payloadBytes();

  /** Writes the values. */
  void writePayload(RecordOutput out) throws IOException;

  /** Returns what a reader will get. */
  Tensor decoded();

  /** Returns the sizes. */
  TensorCompression compression();

  /** Returns the bytes of the whole record with its length field. */
  default long bytes() {
    long length = header().recordLength(payloadBytes());
    return RecordOutput.varintBytes(length) + length;
  }

  /** Writes the whole record. */
  default void writeTo(OutputStream out) throws IOException {
    long length = header().recordLength(payloadBytes());
    RecordOutput.writeVarint(length, out);
    RecordOutput record = new RecordOutput(out);
    header().writeTo(record);
    writePayload(record);
    record.finish(length - RecordHeader.CHECKSUM);
  }

  /**
   * Chooses how a tensor is stored: shared where the settings say so and that is smaller than the
   * float32 values, which else stay as they are.
   *
   * @param place file and tensor, for messages
   * @throws org.espalier.sparse.InvalidInputException if a weight to be shared is not finite
   */
  static TensorRecord of(Tensor tensor, CodecSettings settings, String place) {
    DenseRecord dense = new DenseRecord(tensor);
    if (tensor.type() != Tensor.Type.FLOAT32) {
      return dense;
    }
    return settings
        .bitsFor(tensor.name(), tensor.shape())
        .<TensorRecord>map(bits -> SharedRecord.of(tensor, bits, settings.clustering(), place))
        .filter(shared -> shared.bytes() < dense.bytes())
        .orElse(dense);
  }
}
