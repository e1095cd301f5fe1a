package org.espalier.sparse.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.NameGlob;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecTest {

  private static final CodecSettings DEFAULTS = CodecSettings.defaults();

  @TempDir private Path folder;

  /** Encodes, decodes, and checks all that must hold for any model. */
  private static CompressionReport roundTrip(
      Path folder, List<Tensor> tensors, CodecSettings settings, String ending) throws IOException {
    Path in = Models.write(folder.resolve("in" + ending), tensors);
    Path packed = folder.resolve("packed.edc");
    CompressionReport report = Codec.encode(in, packed, settings);
    Path out = folder.resolve("out" + ending);
    Codec.decode(packed, out);
    List<Tensor> expected = tensors.stream().map(t -> Codec.shared(t, settings)).toList();
    assertEquals(expected, Models.read(out));
    try (TensorFile open = Codec.open(packed)) {
      assertEquals(expected, Models.readAll(open));
    }
    assertEquals(Files.size(packed), report.fileBytes());
    assertEquals(Files.size(packed), report.total().coded());
    long records = report.tensors().stream().mapToLong(t -> t.bytes().coded()).sum();
    // 4 bytes of magic, the version, and the number of tensors below 128.
    assertEquals(Files.size(packed), records + 6);
    // What is shared already stays as it is, in the same bytes.
    Path again = folder.resolve("again.edc");
    Codec.encode(out, again, settings);
    assertArrayEquals(Files.readAllBytes(packed), Files.readAllBytes(again));
    return report;
  }

  @Test
  void bytesAsThePackageSays() throws IOException {
    float[] values = new float[40];
    values[1] = 2;
    values[2] = -1;
    values[7] = 2;
    values[39] = 2;
    List<Tensor> tensors = List.of(Tensor.ofFloats("w", new int[] {4, 10}, values));
    CodecSettings settings = DEFAULTS.withLinear(new CodeBits(2, 4));
    CompressionReport report = roundTrip(folder, tensors, settings, ".npz");
    // By hand. Entries: skip 1 value 2, skip 0 value -1, skip 4 value 2, then 31 zeros: a filler
    // (symbol 16) for 16, skip 15 value 2. Five symbols once each: lengths of 0, 1, 4, 15, 16 are
    // 3 3 2 2 2 (the two lowest join first), codes 0: 110, 1: 111, 4: 00, 15: 01, 16: 10. Values
    // -1 and 2 have one bit, 0 and 1.
    StringBuilder bits = new StringBuilder("0000000010001" + "000011"); // 17 symbols, longest 3
    for (int symbol = 0; symbol <= 16; symbol++) {
      bits.append(symbol < 2 ? "11" : symbol == 4 || symbol >= 15 ? "10" : "00");
    }
    bits.append("0000000000010").append("000001").append("11"); // 2 symbols, longest 1: 1 1
    bits.append("111").append("1"); // skip 1, 2
    bits.append("110").append("0"); // skip 0, -1
    bits.append("00").append("1"); // skip 4, 2
    bits.append("10"); // filler
    bits.append("01").append("1"); // skip 15, 2
    while (bits.length() % 8 != 0) {
      bits.append('0');
    }
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < bits.length(); i += 8) {
      stream.append("%02x".formatted(Integer.parseInt(bits.substring(i, i + 8), 2)));
    }
    // Kind 2, name of 1 byte, "w", rank 2, 4, 10; 2 and 4 bits, 4 weights, 2 values: -1 and 2.
    String body = "02" + "01" + "77" + "02" + "04" + "0a" + "02" + "04" + "04" + "02";
    body += "000080bf" + "00000040" + stream;
    int length = body.length() / 2 + 4;
    CRC32 crc = new CRC32();
    crc.update(HexFormat.of().parseHex(body));
    String sum = "%08x".formatted(Integer.reverseBytes((int) crc.getValue()));
    String expected = "89454443" + "01" + "01" + "%02x".formatted(length) + body + sum;
    byte[] packed = Files.readAllBytes(folder.resolve("packed.edc"));
    assertEquals(expected, HexFormat.of().formatHex(packed));
    SharedCoding coding = report.tensors().get(0).coding().orElseThrow();
    assertEquals(new SharedCoding(new CodeBits(2, 4), 4, 1, 2, 4, 12), coding);
    // 40 float32; 5 entries of 32 + 4 bits; 5 of 2 and of 4 bits, and -1, 0 and 2 as float32.
    assertEquals(
        new StageBytes(160, 20 + 3, 2 + 3 + 12, 1 + length), report.tensors().get(0).bytes());
  }

  @Test
  void whatIsNotSharedStaysBitForBit() throws IOException {
    float[] odd = {-0f, Float.NaN, Float.POSITIVE_INFINITY, 1e-45f, 3};
    List<Tensor> tensors =
        List.of(
            Tensor.ofFloats("bias", new int[] {5}, odd),
            Tensor.ofFloats("scale", new int[] {}, -0f),
            Tensor.ofFloats("empty", new int[] {0, 7}),
            Tensor.ofFloats("none", new int[] {0}),
            Tensor.ofFloats("tiny", new int[] {1, 2}, 1.5f, -2f),
            Tensor.ofBytes(
                "mask",
                new int[] {2, 3},
                (byte) 1,
                (byte) 0,
                (byte) -1,
                (byte) 7,
                (byte) 0,
                (byte) 1));
    CompressionReport report = roundTrip(folder, tensors, DEFAULTS, ".safetensors");
    assertEquals(tensors, Models.read(folder.resolve("out.safetensors")));
    assertTrue(report.tensors().stream().allMatch(tensor -> tensor.coding().isEmpty()));
    assertEquals(20 + 4 + 8 + 6, report.total().shared());
    assertEquals(StageBytes.NONE, report.sharedTotal());
  }

  @Test
  void zerosOfEitherSignComeBackAsZero() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = Models.pruned("w", 0.2, random, 20, 30).floats();
    values[0] = -0f;
    List<Tensor> tensors = List.of(Tensor.ofFloats("w", new int[] {20, 30}, values));
    roundTrip(folder, tensors, DEFAULTS, ".npz");
    float[] back = Models.read(folder.resolve("out.npz")).get(0).floats();
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i] == 0, back[i] == 0, "index " + i);
      assertTrue(values[i] != 0 || Float.floatToRawIntBits(back[i]) == 0, "index " + i);
    }
  }

  @Test
  void tensorsOfZerosKeepAByteFor256Elements() throws IOException {
    List<Tensor> tensors =
        List.of(
            Tensor.ofFloats("zeros", new int[] {100, 1000}, new float[100_000]),
            Tensor.ofFloats("one", new int[] {1000, 100}, oneOf(100_000, 99_999)));
    CompressionReport report = roundTrip(folder, tensors, DEFAULTS, ".npz");
    // 100000 / 256 = 390.6, and the two bytes of the length field.
    assertEquals(391 + 2, report.tensors().get(0).bytes().coded());
    // Header 9, bits 2, counts 2, the value 4, codes of 52 and 20 bits, 3125 entries of a bit, the
    // checksum 4: no padding is needed.
    assertEquals(2 + 9 + 2 + 2 + 4 + 400 + 4, report.tensors().get(1).bytes().coded());
    SharedCoding one = report.tensors().get(1).coding().orElseThrow();
    assertEquals(3124, one.fillers()); // floor(99999 / 32)
    assertEquals(1, one.nonZeros());
    assertEquals(0, one.weightBits());
  }

  private static float[] oneOf(int elements, int index) {
    float[] values = new float[elements];
    values[index] = 4;
    return values;
  }

  @Test
  void withFillersOneCodeIsLeftForTheirZero() {
    SplittableRandom random = new SplittableRandom(4);
    Tensor close = Models.pruned("w", 0.5, random, 40, 100);
    Tensor far = Models.pruned("w", 0.02, random, 400, 100);
    Clustering density = new Clustering(Initialization.DENSITY, 0, 300);
    for (Tensor tensor : List.of(close, far)) {
      SharedRecord record = SharedRecord.of(tensor, new CodeBits(4, 5), density, "w");
      SharedCoding coding = record.compression().coding().orElseThrow();
      assertEquals(tensor == far, coding.fillers() > 0);
      assertEquals(tensor == far ? 15 : 16, coding.codebookEntries());
    }
  }

  @Test
  void theRankDecidesTheBits() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<Tensor> tensors =
        List.of(
            Models.pruned("fc", 0.3, random, 50, 100),
            Models.pruned("conv", 0.3, random, 20, 10, 5, 5),
            Models.pruned("conv1d", 0.3, random, 20, 50, 5));
    CompressionReport report = roundTrip(folder, tensors, DEFAULTS, ".safetensors");
    List<CodeBits> bits =
        report.tensors().stream().map(tensor -> tensor.coding().orElseThrow().bits()).toList();
    assertEquals(List.of(new CodeBits(5, 5), new CodeBits(8, 8), new CodeBits(8, 8)), bits);
    assertTrue(report.table().contains("\ntotal  60000  "), report.table());
    assertEquals(5, report.table().lines().count());
  }

  @Test
  void namesOverruleTheRank() throws IOException {
    SplittableRandom random = new SplittableRandom(6);
    List<Tensor> tensors =
        List.of(
            Models.pruned("fc1.weight", 0.3, random, 50, 100),
            Models.pruned("fc2.weight", 0.3, random, 50, 100),
            Models.pruned("conv.weight", 0.3, random, 20, 10, 5, 5),
            Models.pruned("fc1.bias", 1, random, 500),
            Models.pruned("fc2.bias", 1, random, 500));
    CodecSettings settings =
        DEFAULTS.withNamed(
            List.of(
                new NamedBits(NameGlob.of("test", "fc1.*"), new CodeBits(3, 4)),
                new NamedBits(NameGlob.of("test", "*.weight"), new CodeBits(4, 6))));
    CompressionReport report = roundTrip(folder, tensors, settings, ".npz");
    List<Optional<CodeBits>> bits =
        report.tensors().stream().map(t -> t.coding().map(SharedCoding::bits)).toList();
    Optional<CodeBits> first = Optional.of(new CodeBits(3, 4));
    Optional<CodeBits> second = Optional.of(new CodeBits(4, 6));
    assertEquals(List.of(first, second, second, first, Optional.empty()), bits);
    assertEquals(settings, settings.withNamed(List.copyOf(settings.named())));
    assertNotEquals(settings, DEFAULTS);
  }

  @Test
  void weightsThatAreNotFinite() {
    float[] values = new float[50];
    values[30] = Float.NaN;
    Path in =
        Models.write(
            folder.resolve("nan.npz"), List.of(Tensor.ofFloats("w", new int[] {5, 10}, values)));
    Path out = folder.resolve("nan.edc");
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Codec.encode(in, out, DEFAULTS));
    assertEquals(in + ", tensor 'w'", e.place());
    assertEquals("NaN at index 30", e.found());
    assertFalse(Files.exists(out));
  }

  @Test
  void placesThatDoNotHold() throws IOException {
    Path missing = folder.resolve("missing.edc");
    InvalidInputException none =
        assertThrows(
            InvalidInputException.class, () -> Codec.decode(missing, folder.resolve("o.npz")));
    assertEquals("no such file", none.found());
    InvalidInputException directory =
        assertThrows(InvalidInputException.class, () -> Codec.open(folder));
    assertEquals("a folder", directory.found());
    Path in =
        Models.write(folder.resolve("i.npz"), List.of(Tensor.ofFloats("b", new int[] {1}, 1)));
    Path packed = folder.resolve("p.edc");
    Codec.encode(in, packed, DEFAULTS);
    InvalidInputException ending =
        assertThrows(
            InvalidInputException.class, () -> Codec.decode(packed, folder.resolve("o.txt")));
    assertEquals("another ending", ending.found());
    assertThrows(
        OutputException.class,
        () -> Codec.encode(in, folder.resolve("no").resolve("p.edc"), DEFAULTS));
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          try (TensorFile open = Codec.open(packed)) {
            open.read(TensorHeader.of(Tensor.ofFloats("other", new int[] {1}, 1)));
          }
        });
  }

  @Property(tries = 60, seed = "9")
  void anyModelComesBack(@ForAll long seed) throws IOException {
    Models.inFolder(
        folder -> {
          SplittableRandom random = new SplittableRandom(seed);
          List<Tensor> tensors = new ArrayList<>();
          for (int t = 0; t < 1 + random.nextInt(4); t++) {
            int[] shape = new int[random.nextInt(5)];
            Arrays.setAll(shape, axis -> 1 + random.nextInt(axis < 2 ? 40 : 4));
            double density = random.nextInt(4) == 0 ? 1 : Math.pow(random.nextDouble(), 3);
            tensors.add(Models.pruned("layer" + t + ".wéight", density, random, shape));
          }
          CodecSettings settings =
              new CodecSettings(
                  new CodeBits(1 + random.nextInt(12), 1 + random.nextInt(12)),
                  new CodeBits(1 + random.nextInt(6), 1 + random.nextInt(6)),
                  new Clustering(
                      Initialization.values()[random.nextInt(3)], seed, 1 + random.nextInt(50)));
          roundTrip(folder, tensors, settings, random.nextBoolean() ? ".npz" : ".safetensors");
        });
  }
}
