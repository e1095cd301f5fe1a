package org.espalier.sparse.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.sparse.EspalierException;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.testing.DecoderOracle;
import org.espalier.sparse.testing.FuzzFolder;

/**
 * Jazzer's entry to the decoder of compressed files: any bytes, as they are and, so that damage
 * gets past the checksums, with the checksums of their records set right.
 */
public final class CodecFuzz {

  /** A record has a byte for 256 elements of four bytes. */
  private static final long VALUE_BYTES_PER_BYTE = 1024;

  private static CodecFuzz target;

  private final Path file;
  private final Path decoded;
  private final Path again;
  private final DecoderOracle oracle = new DecoderOracle(Codec::open, VALUE_BYTES_PER_BYTE);

  CodecFuzz(Path folder) {
    this.file = folder.resolve("fuzz.edc");
    this.decoded = folder.resolve("decoded.npz");
    this.again = folder.resolve("again.edc");
  }

  /** Called by Jazzer once. */
  public static void fuzzerInitialize() throws IOException {
    target = new CodecFuzz(FuzzFolder.create());
  }

  /** Called by Jazzer for every input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    target.check(input);
  }

  /** Called by Jazzer at the end. */
  public static void fuzzerTearDown() {
    System.out.println("codec: " + target.oracle.report());
  }

  /**
   * Judges one input.
   *
   * @return the tensors that it holds once its checksums are right
   */
  List<Tensor> check(byte[] input) throws IOException {
    Files.write(file, input);
    oracle.decode(file);
    Files.write(file, RecordFiles.mended(input));
    List<Tensor> tensors = oracle.decode(file);
    requireWholeOrNothing(tensors);
    if (!tensors.isEmpty()) {
      Models.write(decoded, tensors);
      requireSameAgain(tensors);
    }
    return tensors;
  }

  /**
   * Decoding to a file gives the tensors that were read one by one, or fails as one of them did.
   */
  private void requireWholeOrNothing(List<Tensor> tensors) throws IOException {
    Files.deleteIfExists(decoded);
    try {
      Codec.decode(file, decoded);
    } catch (EspalierException e) {
      if (Files.exists(decoded)) {
        throw new AssertionError("refused, and yet there is an output", e);
      }
      return;
    }
    DecoderOracle.requireSame(tensors, Models.read(decoded));
  }

  /**
   * With as many shared values as can be, what came out of a file goes through another unharmed.
   */
  private void requireSameAgain(List<Tensor> tensors) {
    CodeBits bits = new CodeBits(CodeBits.MOST, 3);
    CodecSettings settings = CodecSettings.defaults().withLinear(bits).withConvolution(bits);
    try {
      Codec.encode(decoded, again, settings);
    } catch (InvalidInputException e) {
      if (tensors.stream().anyMatch(tensor -> isRefused(tensor, settings))) {
        return;
      }
      throw new AssertionError("what was decoded is refused", e);
    }
    try (TensorFile open = Codec.open(again)) {
      List<Tensor> back = Models.readAll(open);
      DecoderOracle.requireSame(
          tensors.stream().map(tensor -> Codec.shared(tensor, settings)).toList(), back);
      DecoderOracle.requireSame(withoutMinusZeros(tensors), withoutMinusZeros(back));
    }
  }

  /** Only weights that are not finite may be refused, and only where they would be shared. */
  private static boolean isRefused(Tensor tensor, CodecSettings settings) {
    boolean finite = true;
    for (float value : tensor.floats()) {
      finite &= Float.isFinite(value);
    }
    return !finite && settings.bitsFor(tensor.name(), tensor.shape()).isPresent();
  }

  private static List<Tensor> withoutMinusZeros(List<Tensor> tensors) {
    return tensors.stream()
        .map(
            tensor -> {
              float[] values = tensor.floats().clone();
              for (int i = 0; i < values.length; i++) {
                values[i] += 0f;
              }
              return Tensor.ofFloats(tensor.name(), tensor.shape(), values);
            })
        .toList();
  }
}
