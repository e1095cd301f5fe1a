package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzMalformedTest {

  @TempDir Path folder;

  @Test
  void wrongMagicVersionAndHeader() throws IOException {
    byte[] magic = array("<f4", "False", "(1,)", 4);
    magic[1] = 'X';
    assertRefused("the magic number \\x93NUMPY", "93 58 55 4d 50 59", magic);
    byte[] version = array("<f4", "False", "(1,)", 4);
    version[6] = 4;
    assertRefused("npy version 1.0, 2.0 or 3.0", "4.0", version);
    assertRefused("a whole npy header", "the end of the data", new byte[] {(byte) 0x93, 'N'});
    assertRefused(
        "a header with 'fortran_order': False",
        "'{'descr': '<f4', 'fortran_order': maybe, 'shape': (1,), }'",
        array("<f4", "maybe", "(1,)", 4));
    byte[] longHeader = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, 127};
    assertRefused("a header of at most 65536 bytes", "2147483647 bytes", longHeader);
  }

  @Test
  void shapesThatDoNotFit() throws IOException {
    assertRefused(
        "fewer than 2^31 values",
        "shape (100000, 100000)",
        array("<f4", "False", "(100000, 100000)", 4));
    assertRefused(
        "extents below 2^31", "'99999999999'", array("<f4", "False", "(99999999999,)", 4));
    // 2^30 values are promised: refused by the size of the entry, before 4 GiB are taken.
    assertRefused(
        "4294967424 bytes for 1073741824 values of type <f4",
        "132 bytes",
        array("<f4", "False", "(1073741824,)", 4));
    assertRefused(
        "136 bytes for 2 values of type <f4", "135 bytes", array("<f4", "False", "(2,)", 7));
    assertRefused(
        "136 bytes for 2 values of type <f4", "140 bytes", array("<f4", "False", "(2,)", 12));
    assertRefused(
        "a header with 'shape': (2, 3)",
        "'{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }'",
        array("<f4", "False", "(-2,)", 8));
  }

  @Test
  void typesAndValuesThatFloatCannotHold() throws IOException {
    assertRefused(
        "float16, float32, float64, bool or an integer type",
        "type '<c8'",
        array("<c8", "False", "(1,)", 8));
    assertRefused(
        "float16, float32, float64, bool or an integer type",
        "type '|O'",
        array("|O", "False", "(1,)", 8));
    byte[] inexact = array("<f8", "False", "(2,)", 16);
    ByteBuffer.wrap(inexact).order(ByteOrder.LITTLE_ENDIAN).putDouble(136, 0.1);
    assertRefused("values that float32 holds exactly", "float64 value 0.1 at index 1", inexact);
    byte[] integer = array("<u8", "False", "(1,)", 8);
    Arrays.fill(integer, 128, 136, (byte) 0xFF);
    assertRefused(
        "values that float32 holds exactly",
        "uint64 value 18446744073709551615 at index 0",
        integer);
    byte[] odd = array("<i4", "False", "(1,)", 4);
    ByteBuffer.wrap(odd).order(ByteOrder.LITTLE_ENDIAN).putInt(128, -(1 << 24) - 1);
    assertRefused("values that float32 holds exactly", "int32 value -16777217 at index 0", odd);
  }

  @Test
  void namesTwiceAndForeignEntries() throws IOException {
    byte[] array = array("|u1", "False", "(1,)", 1);
    byte[] zip = zip(array, "a.npy", "b.npy");
    for (int i = 0; i + 5 <= zip.length; i++) {
      if (zip[i] == 'b' && zip[i + 1] == '.' && zip[i + 2] == 'n') {
        zip[i] = 'a';
      }
    }
    Path file = Files.write(folder.resolve("twice.npz"), zip);
    InvalidInputException error = assertThrows(InvalidInputException.class, () -> Npz.read(file));
    assertEquals(file + ", entry 'a.npy'", error.place());
    assertEquals("the name twice", error.found());
    Path foreign = Files.write(folder.resolve("foreign.npz"), zip(array, "readme.txt"));
    assertEquals(
        "'readme.txt'", assertThrows(InvalidInputException.class, () -> Npz.read(foreign)).found());
  }

  @Test
  void filesThatAreNoZip() throws IOException {
    Path missing = folder.resolve("missing.npz");
    assertEquals(
        missing + ": expected an npz file, found no such file; correct the path",
        assertThrows(InvalidInputException.class, () -> Npz.read(missing)).getMessage());
    assertThrows(InvalidInputException.class, () -> Npz.read(folder));
    Path empty = Files.createFile(folder.resolve("empty.npz"));
    assertThrows(InvalidInputException.class, () -> Npz.read(empty));
    Path text = Files.writeString(folder.resolve("text.npz"), "no zip at all");
    assertThrows(InvalidInputException.class, () -> Npz.read(text));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path whole = folder.resolve("whole.npz");
    Npz.write(whole, List.of(Tensor.ofFloats("w", new int[] {9}, new float[9])));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.npz");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThrows(InvalidInputException.class, () -> Npz.read(cut));
    }
  }

  /** Damage is refused, or it is in bytes that carry nothing: the values never change silently. */
  @Test
  void damagedBytesNeverChangeValues() throws IOException {
    Path whole = folder.resolve("whole.npz");
    List<Tensor> tensors = List.of(Tensor.ofFloats("w", new int[] {3}, 1, 2, 3));
    Npz.write(whole, tensors);
    byte[] bytes = Files.readAllBytes(whole);
    SplittableRandom random = new SplittableRandom(11);
    Path damaged = folder.resolve("damaged.npz");
    int refused = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte[] copy = bytes.clone();
      copy[i] ^= (byte) (1 + random.nextInt(255));
      Files.write(damaged, copy);
      try {
        List<Tensor> read = Npz.read(damaged);
        if (!read.isEmpty()) {
          assertEquals(1, read.size());
          // A damaged name in the zip's directory is still a name.
          Tensor tensor = read.get(0);
          assertEquals(tensors.get(0), Tensor.ofFloats("w", tensor.shape(), tensor.floats()));
        }
      } catch (InvalidInputException e) {
        refused++;
      }
    }
    // All of the array, and the fields of the zip that say where and how long it is.
    assertTrue(refused >= 140, refused + " of " + bytes.length);
  }

  @Test
  void aZipBombIsRefusedByItsDirectory() throws IOException {
    byte[] zip = zip(array("|u1", "False", "(1,)", 1), "a.npy");
    // The uncompressed size of the central directory's entry (offset 24 from its signature).
    for (int i = 0; i + 28 <= zip.length; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(i + 24, 2_000_000_000);
      }
    }
    Path file = Files.write(folder.resolve("bomb.npz"), zip);
    InvalidInputException error = assertThrows(InvalidInputException.class, () -> Npz.read(file));
    assertEquals("2000000000 bytes", error.found());
  }

  private void assertRefused(String expected, String found, byte[] array) throws IOException {
    Path file = folder.resolve("bad.npz");
    Files.write(file, zip(array, "w.npy"));
    InvalidInputException error = assertThrows(InvalidInputException.class, () -> Npz.read(file));
    assertEquals(file + ", entry 'w.npy'", error.place());
    assertEquals(expected, error.expected());
    assertEquals(found, error.found());
  }

  /** A version 1.0 array: the header takes 128 bytes, then come {@code payload} zeros. */
  private static byte[] array(String descr, String order, String shape, int payload) {
    String text =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }".formatted(descr, order, shape);
    byte[] bytes = new byte[128 + payload];
    Arrays.fill(bytes, 0, 127, (byte) ' ');
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
    System.arraycopy(start, 0, bytes, 0, 10);
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, 10, text.length());
    bytes[127] = '\n';
    return bytes;
  }

  private static byte[] zip(byte[] content, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CRC32 crc = new CRC32();
    crc.update(content);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
