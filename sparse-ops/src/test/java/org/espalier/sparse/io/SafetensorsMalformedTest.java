package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a file: one typed error, and no memory that the file does not explain. */
class SafetensorsMalformedTest {

  private static final String W = "'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'w':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}"
            + "| 12 bytes for 'w' float32[3] | data_offsets [0, 8]",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}"
            + "| 8 bytes for 'w' float32[2] | data_offsets [8, 0]",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}"
            + "| 4 bytes of values, as the header says | 8 bytes",
        "{'w':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}"
            + "| 12 bytes of values, as the header says | 8 bytes",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}"
            + "| a begin at byte 0 | a hole up to 4",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'v':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}"
            + "| a begin at byte 8 | an overlap, it begins at 4",
        "{'w':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,17179869184]}}"
            + "| fewer than 2^31 values | shape [65536, 65536]",
        "{'w':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}}"
            + "| fewer than 2^31 values | shape [4294967296, 4294967296]",
        "{'w':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}}"
            + "| F16, BF16, F32, F64, BOOL or an integer type | type 'F8_E4M3'",
        "{'w':{'dtype':'','shape':[8],'data_offsets':[0,8]}}"
            + "| F16, BF16, F32, F64, BOOL or an integer type | type ''",
        "{'w':{'dtype':'F32','dtype':'F32'}}"
            + "| dtype, shape and data_offsets, each once | 'dtype'",
        "{'w':{'dtype':'F32','shape':[2]}}" + "| dtype, shape and two data_offsets | less or more",
        "{'':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}"
            + "| names that differ and are not empty | this one",
        "{" + W + "," + W + "} | names that differ and are not empty | this one",
        "{" + W + "} x | the end | 'x'",
        "[" + W + "] | a header that begins with '{' | another one",
      })
  void headersThatDoNotHold(String json, String expected, String found) throws IOException {
    Path file = file(json, 8);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> TensorFiles.open(file));
    assertEquals(expected, e.expected());
    assertEquals(found, e.found());
    assertTrue(e.place().startsWith(file.toString()), e.place());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{'w'",
        "{'w':1}",
        "{'w':{}}",
        "{'w':{'dtype':1}}",
        "{'w':{'dtype':'F32','shape':2}}",
        "{'w':{'dtype':'F32','shape':[-2]}}",
        "{'w':{'dtype':'F32','shape':[2.0]}}",
        "{'w':{'dtype':'F32','shape':[02]}}",
        "{'w':{'dtype':'F32','shape':[1,]}}",
        "{'w':{'dtype':'F32','shape':[99999999999999999999]}}",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'more':1}}",
        "{'\\ud800':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{'\\x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{'\\u12",
        "{'\\",
        "{'__metadata__':{'a':1}}",
        "{'__metadata__':{},'__metadata__':{}}",
        "{'w':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
            + "1,1,1],'data_offsets':[0,4]}}",
      })
  void textsThatAreNoHeader(String json) throws IOException {
    Path file = file(json, 8);
    assertThrows(InvalidInputException.class, () -> TensorFiles.open(file));
  }

  @Test
  void lengthsOfTheHeader() throws IOException {
    for (long length : new long[] {-1, Long.MIN_VALUE, 1L << 40, 62, Integer.MAX_VALUE}) {
      byte[] bytes = bytes("{" + W + "}", 0);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      Path file = Files.write(folder.resolve("length.safetensors"), bytes);
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> TensorFiles.open(file));
      assertEquals("a header of at most " + (bytes.length - 8) + " bytes", e.expected());
    }
  }

  @Test
  void everyTruncation() throws IOException {
    byte[] whole = bytes("{" + W + "}", 8);
    Path file = folder.resolve("short.safetensors");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(InvalidInputException.class, () -> TensorFiles.open(file), "length " + length);
    }
  }

  @Test
  void everyFlippedBitOfAHeader() throws IOException {
    byte[] whole = bytes("{'__metadata__':{'k':'\\u00e4\\n'}," + W + "}", 8);
    Path file = folder.resolve("flipped.safetensors");
    int refused = 0;
    for (int bit = 0; bit < 8 * (whole.length - 8); bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      try (TensorFile open = TensorFiles.open(file)) {
        // What still holds is a header with another name, type or remark.
        List<Tensor> tensors = open.headers().stream().map(open::read).toList();
        assertTrue(tensors.stream().mapToInt(Tensor::elements).sum() <= 8, "bit " + bit);
      } catch (InvalidInputException e) {
        refused++;
      }
    }
    assertTrue(refused > 4 * whole.length, refused + " of " + 8 * whole.length);
  }

  @Test
  void aHeaderThatIsNoText() throws IOException {
    byte[] whole = bytes("{" + W + "}", 8);
    whole[10] = (byte) 0xff;
    Path file = Files.write(folder.resolve("bytes.safetensors"), whole);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> TensorFiles.open(file));
    assertEquals("a header in UTF-8", e.expected());
  }

  @Test
  void filesThatAreNone() {
    Path missing = folder.resolve("missing.safetensors");
    assertEquals(
        missing + ": expected a safetensors file, found no such file; correct the path",
        assertThrows(InvalidInputException.class, () -> TensorFiles.open(missing)).getMessage());
    Path directory = folder.resolve("folder.safetensors");
    assertTrue(directory.toFile().mkdir());
    assertEquals(
        "a folder",
        assertThrows(InvalidInputException.class, () -> TensorFiles.open(directory)).found());
  }

  private Path file(String json, int dataBytes) throws IOException {
    return Files.write(folder.resolve("bad.safetensors"), bytes(json, dataBytes));
  }

  /** A file whose JSON is written with single quotes here. */
  private static byte[] bytes(String json, int dataBytes) {
    byte[] header = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
