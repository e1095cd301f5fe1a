package org.espalier.sparse.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.io.AtomicFile;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;

/**
 * Deep Compression of model files: whole tensor files become small ones and come back, one tensor
 * at a time. Pruning is done before: what is zero stays zero, and another weight becomes zero only
 * if that is the mean of its cluster. What comes back is the shared values, bit for bit as {@link
 * #shared} says; -0 comes back as 0 where weights are shared, and as -0 elsewhere.
 *
 * <p>Source: Han, Mao and Dally, ICLR 2016. The format of the file: see the package.
 */
public final class Codec {

  private Codec() {}

  /**
   * Compresses a tensor file.
   *
   * @param in ends in .npz or .safetensors
   * @param out any name; see {@link AtomicFile}
   * @return the sizes after each stage
   * @throws org.espalier.sparse.InvalidInputException if the input is damaged, or a weight that
   *     would be shared is not finite
   * @throws org.espalier.sparse.OutputException if the output cannot be written
   */
  public static CompressionReport encode(Path in, Path out, CodecSettings settings) {
    try (TensorFile source = TensorFiles.open(in)) {
      List<TensorCompression> sizes = new ArrayList<>();
      AtomicFile.write(out, stream -> write(source, settings, stream, sizes));
      long bytes = preambleBytes(sizes.size());
      for (TensorCompression tensor : sizes) {
        bytes += tensor.bytes().coded();
      }
      return new CompressionReport(sizes, bytes);
    }
  }

  /**
   * Brings a compressed file back as float32 and uint8 tensors of the same names and shapes.
   *
   * @param out ends in .npz or .safetensors; see {@link AtomicFile}
   * @throws org.espalier.sparse.InvalidInputException if the input is damaged, or the output has
   *     another ending
   * @throws org.espalier.sparse.OutputException if the output cannot be written
   */
  public static void decode(Path in, Path out) {
    TensorFiles.requireKnownEnding(out);
    try (TensorFile source = open(in)) {
      TensorFiles.write(out, source.headers(), source::read);
    }
  }

  /**
   * Opens a compressed file; tensors are decoded as they are read.
   *
   * @throws org.espalier.sparse.InvalidInputException if it is missing, damaged, or something else
   */
  public static TensorFile open(Path file) {
    return CodecFile.open(file);
  }

  /**
   * Returns a tensor as it comes back from a file: with shared values where that makes it smaller,
   * else as it is.
   *
   * @throws org.espalier.sparse.InvalidInputException if a weight that would be shared is not
   *     finite
   */
  public static Tensor shared(Tensor tensor, CodecSettings settings) {
    return TensorRecord.of(tensor, settings, "tensor '" + tensor.name() + "'").decoded();
  }

  private static void write(
      TensorFile source, CodecSettings settings, OutputStream out, List<TensorCompression> sizes)
      throws IOException {
    out.write(CodecFile.MAGIC);
    out.write(CodecFile.VERSION);
    RecordOutput.writeVarint(source.headers().size(), out);
    for (TensorHeader header : source.headers()) {
      String place = source.path() + ", tensor '" + header.name() + "'";
      TensorRecord record = TensorRecord.of(source.read(header), settings, place);
      record.writeTo(out);
      sizes.add(record.compression());
    }
  }

  private static long preambleBytes(int tensors) {
    return CodecFile.MAGIC.length + 1 + RecordOutput.varintBytes(tensors);
  }
}
