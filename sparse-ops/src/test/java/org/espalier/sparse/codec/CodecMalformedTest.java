package org.espalier.sparse.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a file: one typed error, and no memory that the file does not explain. */
class CodecMalformedTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;
  private Path file;
  private byte[] whole;
  private int elements;

  @BeforeEach
  void aSmallFile() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<Tensor> tensors =
        List.of(
            Models.pruned("fc", 0.06, random, 20, 50),
            Models.pruned("b", 1, random, 3),
            Models.pruned("conv", 0.3, random, 4, 3, 3, 3),
            Tensor.ofFloats("zero", new int[] {10, 100}, new float[1000]),
            Tensor.ofBytes("m", new int[] {2}, (byte) 1, (byte) 0));
    elements = tensors.stream().mapToInt(Tensor::elements).sum();
    Path in = Models.write(folder.resolve("in.npz"), tensors);
    file = folder.resolve("small.edc");
    CodecSettings settings =
        CodecSettings.defaults().withLinear(new CodeBits(3, 4)).withConvolution(new CodeBits(2, 3));
    CompressionReport report = Codec.encode(in, file, settings);
    assertEquals(3, report.tensors().stream().filter(t -> t.coding().isPresent()).count());
    whole = Files.readAllBytes(file);
    // A first refusal loads classes: before memory is measured.
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    cut[5]++;
    Files.write(file, cut);
    assertThrows(InvalidInputException.class, () -> Codec.open(file));
    Files.write(file, whole);
  }

  /** Decodes bytes; returns the number of elements, or -1 if they are refused. */
  private long decode(byte[] bytes, String what) throws IOException {
    Files.write(file, bytes);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long found = -1;
    try (TensorFile open = Codec.open(file)) {
      found = Models.readAll(open).stream().mapToLong(Tensor::elements).sum();
    } catch (InvalidInputException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    // A record explains 1024 bytes of values for each of its own, and objects cost a little.
    assertTrue(allocated < 1024L * bytes.length + (1 << 17), what + ": " + allocated);
    return found;
  }

  @Test
  void everyFlippedByteIsRefused() throws IOException {
    for (int at = 0; at < whole.length; at++) {
      for (int flip : new int[] {0xFF, 1 << at % 8}) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) flip;
        assertEquals(-1, decode(flipped, "byte " + at), "byte " + at + " ^ " + flip);
      }
    }
  }

  @Test
  void flippedBytesBehindRightChecksums() throws IOException {
    int accepted = 0;
    int refused = 0;
    for (int at = 5; at < whole.length; at++) {
      for (int bit = at % 2; bit < 8; bit += 2) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << bit);
        byte[] mended = RecordFiles.mended(flipped);
        long found = decode(mended, "byte " + at);
        if (found < 0) {
          refused++;
        } else {
          // Another name, value or extent that still fits: at most what the bytes explain.
          assertTrue(found <= 256L * whole.length, "byte " + at + ": " + found);
          accepted += found == elements ? 1 : 0;
        }
      }
    }
    assertTrue(refused > whole.length, refused + " refused");
    assertTrue(accepted > whole.length / 4, accepted + " accepted");
  }

  @Test
  void randomDamageBehindRightChecksums() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 600; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        damaged[6 + random.nextInt(damaged.length - 6)] = (byte) random.nextInt();
      }
      decode(RecordFiles.mended(damaged), "round " + round);
    }
  }

  @Test
  void everyTruncationAndEveryAddition() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      assertEquals(-1, decode(Arrays.copyOf(whole, length), "length " + length));
      assertEquals(-1, decode(RecordFiles.mended(Arrays.copyOf(whole, length)), "mended"));
    }
    for (int more : new int[] {1, 2, 100}) {
      assertEquals(-1, decode(Arrays.copyOf(whole, whole.length + more), "more"));
    }
  }

  /** A file with one record. */
  private static byte[] record(String header, byte... payload) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(java.util.HexFormat.of().parseHex(header.replace(" ", "")));
    body.write(payload);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(CodecFile.MAGIC);
    bytes.write(CodecFile.VERSION);
    bytes.write(1);
    RecordOutput.writeVarint(body.size() + 4L, bytes);
    bytes.write(body.toByteArray());
    bytes.write(new byte[4]);
    return RecordFiles.mended(bytes.toByteArray());
  }

  private void assertRefused(String expected, String found, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> {
              try (TensorFile open = Codec.open(file)) {
                Models.readAll(open);
              }
            });
    assertEquals(expected + " / " + found, e.expected() + " / " + e.found());
  }

  @Test
  void headersThatDoNotHold() throws IOException {
    // kind, length of the name, "w", rank, extents
    assertRefused("a kind of record, 0 to 2", "3", record("03 01 77 01 01", new byte[4]));
    assertRefused("names that differ and are not empty", "''", record("00 00 01 01", new byte[4]));
    assertRefused("a name in UTF-8", "other bytes", record("00 01 ff 01 01", new byte[4]));
    assertRefused("at most 32 axes", "33 axes", record("00 01 77 21", new byte[40]));
    assertRefused("4 bytes for 'w' float32[1]", "5 bytes", record("00 01 77 01 01", new byte[5]));
    assertRefused("1 bytes for 'w' uint8[1]", "4 bytes", record("01 01 77 01 01", new byte[4]));
    // 2^30 x 4 elements, and 2^20 of them in 13 + 4 bytes
    assertRefused(
        "fewer than 2^31 values", "more", record("02 01 77 02 8080808004 04", new byte[9]));
    assertRefused(
        "at least 4096 bytes for 1048576 elements",
        "a record of 16 bytes",
        record("02 01 77 01 808040", new byte[5]));
    assertRefused(
        "an extent in as few bytes as it needs", "more bytes", record("00 01 77 01 8100"));
    assertRefused(
        "an extent of at most 2147483639",
        "a number of more than 63 bits",
        record("00 01 77 01 ffffffffffffffffff7f"));
    assertRefused("a length of the name of at most 3", "120", record("00 78 77 01"));
  }

  @Test
  void sharedValuesThatDoNotHold() throws IOException {
    String w = "02 01 77 02 02 0a"; // 2 x 10
    assertRefused("1 to 12 bits", "13 and 5", record(w + "0d 05 00"));
    assertRefused("1 to 12 bits", "5 and 0", record(w + "05 00 00"));
    assertRefused("a number of non-zeros of at most 20", "21", record(w + "05 05 15"));
    assertRefused("at least one shared value", "none", record(w + "05 05 01 00"));
    assertRefused("a number of shared values of at most 1", "2", record(w + "05 05 01 02"));
    assertRefused("a number of shared values of at most 4", "5", record(w + "02 05 14 05"));
    assertRefused(
        "finite shared values in ascending order",
        "NaN at index 0",
        record(w + "05 05 01 01 0000c07f"));
    assertRefused(
        "finite shared values in ascending order",
        "1.0 at index 1",
        record(w + "05 05 02 02 0000803f 0000803f"));
    assertRefused("a whole record", "its end", record(w + "05 05 01 01 0000"));
    assertRefused("zeros behind the last entry", "other bits", record(w + "05 05 00 00 01"));
    assertRefused("a record of 13 bytes", "14 bytes", record(w + "05 05 00 00"));
    // Symbols: 33 of them, longest 1, only the last (a filler) occurs: 1000000100001 is 33 as 13
    // bits; a filler reaches position 31 of 20. Weights: one symbol.
    StringBuilder bits = new StringBuilder("0000000100001" + "000001" + "0".repeat(32) + "1");
    bits.append("0000000000001" + "000001" + "1");
    while (bits.length() % 8 != 0) {
      bits.append('0');
    }
    byte[] stream = new byte[bits.length() / 8];
    for (int i = 0; i < bits.length(); i++) {
      stream[i / 8] |= (byte) ((bits.charAt(i) - '0') << 7 - i % 8);
    }
    assertRefused(
        "positions below 20", "entry 0 at 31", record(w + "05 05 01 01 0000803f", stream));
  }

  @Test
  void theStartOfAFile() throws IOException {
    assertRefused("the first bytes 89 45 44 43", "others", new byte[0]);
    assertRefused("the first bytes 89 45 44 43", "others", "{\"w\":1}".getBytes());
    byte[] newer = whole.clone();
    newer[4] = 2;
    assertRefused("version 1", "version 2", newer);
    byte[] fewer = whole.clone();
    fewer[5] = 4;
    assertRefused("the end of the file after 4 records", "12 more bytes", fewer);
  }

  @Test
  void aDamagedFileLeavesTheOutputAsItWas() throws IOException {
    Path out = folder.resolve("out.npz");
    Files.write(out, new byte[] {1, 2, 3});
    byte[] damaged = whole.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(file, damaged);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Codec.decode(file, out));
    assertEquals(file + ", tensor 'm'", e.place());
    assertEquals("the checksum of the record", e.expected());
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(out));
    try (var left = Files.list(folder)) {
      assertFalse(left.anyMatch(path -> path.toString().endsWith(".tmp")));
    }
  }
}
