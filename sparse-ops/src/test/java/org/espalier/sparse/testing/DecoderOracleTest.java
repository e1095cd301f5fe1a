package org.espalier.sparse.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.ElementType;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge that lets everything pass would find nothing: decoders with one fault each. */
class DecoderOracleTest {

  private static final TensorHeader HEADER =
      new TensorHeader("w", ElementType.FLOAT32, new int[] {2});
  private static final Tensor TENSOR = Tensor.ofFloats("w", new int[] {2}, 1, 2);

  @TempDir Path folder;
  private Path file;

  /** A file of one tensor that is handed out as it is. */
  private record Fixed(Path path, List<TensorHeader> headers, Tensor narrow, Tensor wide)
      implements TensorFile {
    @Override
    public Tensor read(TensorHeader header) {
      return narrow;
    }

    @Override
    public Tensor readWide(TensorHeader header) {
      return wide;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @BeforeEach
  void eightBytes() throws IOException {
    file = Files.write(folder.resolve("file"), new byte[8]);
  }

  @Test
  void aSoundDecoderAndARefusalPass() {
    assertEquals(List.of(TENSOR), judge(fixed(TENSOR, TENSOR), 1));
    DecoderOracle refusing =
        new DecoderOracle(
            path -> {
              throw new InvalidInputException("here", "this", "that", "mend it");
            },
            1);
    assertEquals(List.of(), refusing.decode(file));
    assertTrue(refusing.report().startsWith("files 1, opened 0, decoded 0"), refusing.report());
  }

  @Test
  void anotherExceptionIsAFinding() {
    DecoderOracle oracle =
        new DecoderOracle(
            path -> {
              throw new ArrayIndexOutOfBoundsException();
            },
            1);
    assertThrows(ArrayIndexOutOfBoundsException.class, () -> oracle.decode(file));
  }

  @Test
  void moreMemoryThanTheFileExplainsIsAFinding() {
    byte[][] kept = new byte[1][];
    DecoderOracle oracle =
        new DecoderOracle(
            path -> {
              kept[0] = new byte[1 << 20];
              return fixed(TENSOR, TENSOR);
            },
            1);
    String message = assertThrows(AssertionError.class, () -> oracle.decode(file)).getMessage();
    assertTrue(message.startsWith("opening allocates 1"), message);
    assertEquals(
        "8 bytes in a file of 8",
        assertThrows(AssertionError.class, () -> judge(fixed(TENSOR, TENSOR), 0)).getMessage());
  }

  @Test
  void tensorsThatAreNotAsTheyShouldBeAreFindings() {
    Tensor renamed = Tensor.ofFloats("v", new int[] {2}, 1, 2);
    Tensor other = Tensor.ofFloats("w", new int[] {2}, 1, 3);
    assertThrows(AssertionError.class, () -> judge(fixed(renamed, renamed), 1));
    assertThrows(AssertionError.class, () -> judge(fixed(TENSOR, other), 1));
    assertThrows(
        AssertionError.class, () -> DecoderOracle.requireSame(List.of(TENSOR), List.of(other)));
  }

  private List<Tensor> judge(TensorFile decoder, long valueBytesPerByte) {
    return new DecoderOracle(path -> decoder, valueBytesPerByte).decode(file);
  }

  private TensorFile fixed(Tensor narrow, Tensor wide) {
    return new Fixed(file, List.of(HEADER), narrow, wide);
  }
}
