package org.espalier.sparse.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values between a stream of bytes and a {@link Tensor}, in chunks: no second copy is held. */
final class TensorBytes {

  private static final int CHUNK = 1 << 16;

  private TensorBytes() {}

  /** Writes the values, row-major, little-endian. */
  static void write(Tensor tensor, OutputStream out) throws IOException {
    if (tensor.type() == Tensor.Type.UINT8) {
      out.write(tensor.bytes());
      return;
    }
    float[] values = tensor.floats();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < values.length; ) {
      int count = Math.min(CHUNK / Float.BYTES, values.length - done);
      chunk.asFloatBuffer().put(values, done, count);
      out.write(chunk.array(), 0, count * Float.BYTES);
      done += count;
    }
  }

  /**
   * Reads the values in the order of the file.
   *
   * @param place file and tensor, for messages
   * @throws EOFException if the stream ends before the last value
   */
  static Tensor read(TensorHeader header, ByteOrder order, InputStream in, String place)
      throws IOException {
    TensorFiles.requireHeap(place, header.heapBytes());
    int elements = header.elements();
    if (header.type().staysBytes()) {
      byte[] bytes = new byte[elements];
      readFully(in, bytes, elements);
      return Tensor.ofBytes(header.name(), header.shape(), bytes);
    }
    ValueDecoder decoder = new ValueDecoder(place, header.type(), order);
    int size = header.type().bytes();
    float[] floats = new float[elements];
    byte[] chunk = new byte[CHUNK];
    for (int done = 0; done < elements; ) {
      int count = Math.min(CHUNK / size, elements - done);
      readFully(in, chunk, count * size);
      decoder.convert(ByteBuffer.wrap(chunk, 0, count * size), floats, done);
      done += count;
    }
    return Tensor.ofFloats(header.name(), header.shape(), floats);
  }

  /** Reads float64 values without narrowing them. */
  static Tensor readDoubles(TensorHeader header, ByteOrder order, InputStream in, String place)
      throws IOException {
    TensorFiles.requireHeap(place, header.bytes());
    double[] doubles = new double[header.elements()];
    byte[] chunk = new byte[CHUNK];
    for (int done = 0; done < doubles.length; ) {
      int count = Math.min(CHUNK / Double.BYTES, doubles.length - done);
      readFully(in, chunk, count * Double.BYTES);
      ByteBuffer.wrap(chunk).order(order).asDoubleBuffer().get(doubles, done, count);
      done += count;
    }
    return Tensor.ofDoubles(header.name(), header.shape(), doubles);
  }

  private static void readFully(InputStream in, byte[] to, int length) throws IOException {
    if (in.readNBytes(to, 0, length) != length) {
      throw new EOFException();
    }
  }
}
