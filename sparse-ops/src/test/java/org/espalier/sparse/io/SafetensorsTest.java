package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

  @TempDir private Path folder;

  @Test
  void bytesAsTheFormatSays() throws IOException {
    Path file = folder.resolve("a.safetensors");
    List<Tensor> tensors =
        List.of(
            Tensor.ofFloats("w", new int[] {1, 2}, 1f, -2f),
            Tensor.ofBytes("m", new int[] {2}, (byte) 1, (byte) 0));
    write(file, tensors);
    // Written by hand from the format's description: 109 characters of JSON, padded to 112.
    String json =
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"m\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[8,10]}}";
    assertEquals(109, json.length());
    String expected =
        "7000000000000000"
            + HexFormat.of().formatHex(json.getBytes(StandardCharsets.US_ASCII))
            + "202020"
            + "0000803f"
            + "000000c0"
            + "0100";
    assertEquals(expected, HexFormat.of().formatHex(Files.readAllBytes(file)));
    assertEquals(tensors, readAll(file));
  }

  @Test
  void everyTypeOfValue() throws IOException {
    assertReads("F16", "003c00c00100", 1f, -2f, 0x1p-24f);
    // bfloat16 is the upper half of a float32: 3f80 = 1, c020 = -2.5
    assertReads("BF16", "803f20c0", 1f, -2.5f);
    assertReads("F32", "0000803f", 1f);
    assertReads("F64", "000000000000f83f", 1.5f);
    assertReads("I8", "ff7f", -1f, 127f);
    assertReads("I16", "0080", -32768f);
    assertReads("U16", "0080", 32768f);
    assertReads("I32", "feffffff", -2f);
    assertReads("U32", "00000080", 0x1p31f);
    assertReads("I64", "0000000000000080", -0x1p63f);
    assertReads("U64", "0000000000000080", 0x1p63f);
    assertReads("U8", "ff01", 255f, 1f);
    assertReads("BOOL", "0001", 0f, 1f);
  }

  @Test
  void valuesThatFloat32CannotHoldAreRefused() throws IOException {
    Path file = file("F64", 1, "9a9999999999b93f");
    try (TensorFile open = TensorFiles.open(file)) {
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> open.read(open.headers().get(0)));
      assertEquals("float64 value 0.1 at index 0", e.found());
      assertEquals(file + ", tensor 't'", e.place());
    }
  }

  @Test
  void remarksBlanksEscapesAndEmptyTensors() throws IOException {
    Path file =
        raw(
            "{ \"__metadata__\" : {\"format\":\"pt\", \"x\":\"\"} ,\n"
                + "\"b\\u00e4\\ud83d\\ude00\\\"/\" : {\"shape\":[ ],\"data_offsets\":[0,1],\"dtype\":\"U8\"},"
                + "\"none\":{\"dtype\":\"F32\",\"shape\":[2,0],\"data_offsets\":[1,1]}} \t\r\n",
            new byte[] {7});
    assertEquals(
        List.of(
            Tensor.ofBytes("b\u00e4\ud83d\ude00\"/", new int[0], (byte) 7),
            Tensor.ofFloats("none", new int[] {2, 0})),
        readAll(file));
  }

  @Test
  void anyTensorsComeBackTheSameFromBothKinds() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (int run = 0; run < 20; run++) {
      List<Tensor> tensors = new ArrayList<>();
      for (int t = random.nextInt(4); t >= 0; t--) {
        int[] shape = random.ints(random.nextInt(4), 0, 60).toArray();
        Tensor tensor;
        int elements = new TensorHeader("x", ElementType.UINT8, shape).elements();
        if (random.nextBoolean()) {
          byte[] bytes = new byte[elements];
          random.nextBytes(bytes);
          tensor = Tensor.ofBytes("t\n" + t + "/\"\\ä", shape, bytes);
        } else {
          float[] floats = new float[elements];
          for (int i = 0; i < elements; i++) {
            floats[i] = Float.intBitsToFloat(random.nextInt());
          }
          tensor = Tensor.ofFloats("model.layers." + t, shape, floats);
        }
        tensors.add(tensor);
      }
      for (String ending : List.of(".npz", ".SafeTensors")) {
        Path file = folder.resolve("run" + run + ending);
        write(file, tensors);
        byte[] first = Files.readAllBytes(file);
        assertEquals(tensors, readAll(file));
        write(file, tensors);
        assertArrayEquals(first, Files.readAllBytes(file));
      }
    }
  }

  @Test
  void tensorsAreReadInAnyOrder() throws IOException {
    for (String ending : List.of(".npz", ".safetensors")) {
      Path file = folder.resolve("order" + ending);
      write(
          file,
          List.of(
              Tensor.ofFloats("a", new int[] {1}, 1f), Tensor.ofFloats("b", new int[] {1}, 2f)));
      try (TensorFile open = TensorFiles.open(file)) {
        assertEquals(file, open.path());
        assertArrayEquals(new float[] {2}, open.read(open.find("b").orElseThrow()).floats());
        assertArrayEquals(new float[] {1}, open.read(open.find("a").orElseThrow()).floats());
        TensorHeader other = new TensorHeader("c", ElementType.FLOAT32, new int[] {1});
        assertThrows(IllegalArgumentException.class, () -> open.read(other));
      }
    }
  }

  @Test
  void namesThatAKindOfFileCannotHold() {
    List<Tensor> reserved = List.of(Tensor.ofBytes("__metadata__", new int[] {0}));
    Path file = folder.resolve("reserved.safetensors");
    assertThrows(InvalidInputException.class, () -> write(file, reserved));
    assertFalse(Files.exists(file));
    List<Tensor> endless = List.of(Tensor.ofBytes("n".repeat(70_000), new int[] {0}));
    assertThrows(InvalidInputException.class, () -> write(folder.resolve("endless.npz"), endless));
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> write(folder.resolve("weights.bin"), reserved));
    assertEquals("a tensor file that ends in .npz or .safetensors", e.expected());
  }

  private void assertReads(String type, String hex, float... expected) throws IOException {
    assertArrayEquals(expected, readAll(file(type, expected.length, hex)).get(0).floats(), type);
  }

  private Path file(String type, int extent, String hex) throws IOException {
    byte[] data = HexFormat.of().parseHex(hex);
    return raw(
        "{\"t\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(type, extent, data.length),
        data);
  }

  private Path raw(String json, byte[] data) throws IOException {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).put(data);
    return Files.write(folder.resolve("raw.safetensors"), bytes.array());
  }

  private static void write(Path file, List<Tensor> tensors) {
    var next = tensors.iterator();
    TensorFiles.write(file, tensors.stream().map(TensorHeader::of).toList(), header -> next.next());
  }

  private static List<Tensor> readAll(Path file) {
    try (TensorFile open = TensorFiles.open(file)) {
      return open.headers().stream().map(open::read).toList();
    }
  }
}
