package org.espalier.sparse.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.sparse.testing.DecoderOracle;
import org.espalier.sparse.testing.FuzzFolder;

/**
 * Jazzer's entry to the reader of safetensors files. An input that begins with a brace is a header
 * up to the first zero byte, and values behind it: it gets its length in front, so that a longer or
 * shorter header is still read. Any other input is a whole file.
 */
public final class SafetensorsFuzz {

  private static SafetensorsFuzz target;

  private final Path file;
  private final Path again;
  private final DecoderOracle oracle = new DecoderOracle(SafetensorsReader::open, 1);

  SafetensorsFuzz(Path folder) {
    this.file = folder.resolve("fuzz.safetensors");
    this.again = folder.resolve("again.safetensors");
  }

  /** Called by Jazzer once. */
  public static void fuzzerInitialize() throws IOException {
    target = new SafetensorsFuzz(FuzzFolder.create());
  }

  /** Called by Jazzer for every input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    target.check(input);
  }

  /** Called by Jazzer at the end. */
  public static void fuzzerTearDown() {
    System.out.println("safetensors: " + target.oracle.report());
  }

  /**
   * Judges one input.
   *
   * @return the tensors that it holds
   */
  List<Tensor> check(byte[] input) throws IOException {
    Files.write(file, input.length > 0 && input[0] == '{' ? withLength(input) : input);
    List<Tensor> tensors = oracle.decode(file);
    if (!tensors.isEmpty()) {
      NpzFuzz.write(again, tensors);
      DecoderOracle.requireSame(tensors, NpzFuzz.read(again));
    }
    return tensors;
  }

  private static byte[] withLength(byte[] input) {
    int length = 0;
    while (length < input.length && input[length] != 0) {
      length++;
    }
    int values = Math.min(input.length, length + 1);
    return ByteBuffer.allocate(Long.BYTES + length + input.length - values)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(input, 0, length)
        .put(input, values, input.length - values)
        .array();
  }
}
