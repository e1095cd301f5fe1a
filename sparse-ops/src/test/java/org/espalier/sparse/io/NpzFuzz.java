package org.espalier.sparse.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.testing.DecoderOracle;
import org.espalier.sparse.testing.FuzzFolder;

/**
 * Jazzer's entry to the reader of npz files. An input that begins with {@code PK} is a whole file;
 * any other is a recipe for one, see {@link NpzRecipe}, so that damage gets past the zip.
 */
public final class NpzFuzz {

  /** Deflate turns one byte into at most 1032. */
  private static final long VALUE_BYTES_PER_BYTE = 1032;

  private static NpzFuzz target;

  private final Path file;
  private final Path again;
  private final DecoderOracle oracle = new DecoderOracle(NpzReader::open, VALUE_BYTES_PER_BYTE);

  NpzFuzz(Path folder) {
    this.file = folder.resolve("fuzz.npz");
    this.again = folder.resolve("again.npz");
  }

  /** Called by Jazzer once. */
  public static void fuzzerInitialize() throws IOException {
    target = new NpzFuzz(FuzzFolder.create());
  }

  /** Called by Jazzer for every input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    target.check(input);
  }

  /** Called by Jazzer at the end. */
  public static void fuzzerTearDown() {
    System.out.println("npz: " + target.oracle.report());
  }

  /**
   * Judges one input.
   *
   * @return the tensors that it holds
   */
  List<Tensor> check(byte[] input) throws IOException {
    boolean whole = input.length > 1 && input[0] == 'P' && input[1] == 'K';
    Files.write(file, whole ? input : NpzRecipe.zip(input));
    List<Tensor> tensors = oracle.decode(file);
    if (!tensors.isEmpty()) {
      write(again, tensors);
      DecoderOracle.requireSame(tensors, read(again));
      DecoderOracle.requireSame(tensors, Npz.read(again));
    }
    return tensors;
  }

  /** Writes tensors into a file of either kind. */
  static void write(Path file, List<Tensor> tensors) {
    List<TensorHeader> headers = tensors.stream().map(TensorHeader::of).toList();
    TensorFiles.write(file, headers, header -> tensors.get(headers.indexOf(header)));
  }

  /** Reads a file of either kind. */
  static List<Tensor> read(Path file) {
    List<Tensor> tensors = new ArrayList<>();
    try (TensorFile open = TensorFiles.open(file)) {
      open.headers().forEach(header -> tensors.add(open.read(header)));
    }
    return tensors;
  }
}
