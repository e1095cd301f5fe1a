package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.sparse.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {

  @TempDir Path folder;

  /** The file was written by NumPy; make_numpy.py beside it says with what. */
  @Test
  void readsWhatNumpyWrites() throws URISyntaxException {
    Path file = Path.of(NpzTest.class.getResource("/npz/numpy.npz").toURI());
    List<Tensor> inOrder = Npz.read(file);
    Map<String, Tensor> tensors =
        inOrder.stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    assertEquals("float32", inOrder.get(0).name());
    assertEquals(17, tensors.size());
    for (String name : List.of("float32", "float32_big", "float64")) {
      assertFloats(tensors, name, -0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f);
      assertArrayEquals(new int[] {2, 3}, tensors.get(name).shape());
    }
    assertFloats(
        tensors, "float16", 1.5f, -0f, 65504, 0x1p-24f, Float.NEGATIVE_INFINITY, Float.NaN);
    float[] counting = new float[24];
    IntStream.range(0, 24).forEach(i -> counting[i] = i);
    assertFloats(tensors, "fortran", counting);
    assertFloats(tensors, "int8", -128, 127);
    assertFloats(tensors, "int16", -32768, 32767);
    assertFloats(tensors, "uint16", 65535);
    assertFloats(tensors, "int32", -0x1p31f, 0x1p24f);
    assertFloats(tensors, "uint32", 4294967040f);
    assertFloats(tensors, "int64", -0x1p63f, 0x1p40f + 0x1p20f);
    assertFloats(tensors, "uint64", 0x1p63f + 0x1p41f);
    assertFloats(tensors, "scalar", 7.5f);
    assertEquals(0, tensors.get("scalar").shape().length);
    assertArrayEquals(new int[] {0, 3}, tensors.get("empty").shape());
    assertArrayEquals(new byte[] {0, 1, (byte) 128, -1}, tensors.get("uint8").bytes());
    assertArrayEquals(new float[] {0, 1, 128, 255}, tensors.get("uint8").floats());
    assertArrayEquals(new byte[] {1, 0, 1, 0, 1, 0}, tensors.get("boolean").bytes());
    assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5}, tensors.get("fortran_bytes").bytes());
  }

  private static void assertFloats(Map<String, Tensor> tensors, String name, float... expected) {
    assertEquals(Tensor.Type.FLOAT32, tensors.get(name).type());
    assertArrayEquals(expected, tensors.get(name).floats(), name);
  }

  @Test
  void roundTripsInOrder() {
    float[] large = new float[100_003];
    IntStream.range(0, large.length).forEach(i -> large[i] = i * 0.37f);
    List<Tensor> tensors =
        List.of(
            Tensor.ofFloats("z/weight", new int[] {2, 2}, 1, -0f, Float.NaN, 1e-45f),
            Tensor.ofBytes("mask", new int[] {3}, (byte) 0, (byte) 1, (byte) 200),
            Tensor.ofFloats("große", new int[] {large.length}, large),
            Tensor.ofFloats("scalar", new int[0], 3),
            Tensor.ofBytes("empty", new int[] {4, 0}));
    Path file = folder.resolve("t.npz");
    Npz.write(file, tensors);
    assertEquals(tensors, Npz.read(file));
  }

  @Test
  void theSameTensorsMakeTheSameBytes() throws IOException {
    List<Tensor> tensors = List.of(Tensor.ofFloats("w", new int[] {1, 2}, 1, 2));
    Path a = folder.resolve("a.npz");
    Path b = folder.resolve("b.npz");
    Npz.write(a, tensors);
    Npz.write(b, tensors);
    assertEquals(-1, Files.mismatch(a, b));
    // MS-DOS time and date of the local header: midnight, 1 February 1980 = 0, 2 * 32 + 1.
    byte[] bytes = Files.readAllBytes(a);
    assertArrayEquals(new byte[] {0, 0, 65, 0}, java.util.Arrays.copyOfRange(bytes, 10, 14));
  }

  /** The header as numpy.lib.format describes it, byte by byte. */
  @Test
  void theHeaderIsNumpys() throws IOException {
    Path file = folder.resolve("a.npz");
    Npz.write(file, List.of(Tensor.ofBytes("w", new int[] {2}, (byte) 7, (byte) 8)));
    byte[] bytes = Files.readAllBytes(file);
    int start = 30 + "w.npy".length(); // a zip's local header is 30 bytes and the name
    String array = new String(bytes, start, 128 + 2, StandardCharsets.ISO_8859_1);
    String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }";
    String padding = " ".repeat(118 - 1 - text.length());
    assertEquals(
        "\u0093NUMPY\u0001\u0000" + (char) 118 + "\u0000" + text + padding + "\n\u0007\b", array);
  }

  @Test
  void refusesNamesThatClashAndPlacesThatAreNone() {
    Tensor a = Tensor.ofFloats("a", new int[0], 1);
    Path file = folder.resolve("a.npz");
    assertThrows(IllegalArgumentException.class, () -> Npz.write(file, List.of(a, a)));
    Tensor nameless = Tensor.ofFloats("", new int[0], 1);
    assertThrows(IllegalArgumentException.class, () -> Npz.write(file, List.of(nameless)));
    Path nowhere = folder.resolve("no").resolve("a.npz");
    assertThrows(OutputException.class, () -> Npz.write(nowhere, List.of(a)));
  }

  @Test
  void tensorsRefuseWhatDoesNotFit() {
    int[] shape = {2, 2};
    assertThrows(IllegalArgumentException.class, () -> Tensor.ofFloats("a", shape, 1, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> Tensor.ofBytes("a", new int[] {-1}));
    int[] huge = {1 << 16, 1 << 16, 1 << 16, 1 << 16};
    assertThrows(IllegalArgumentException.class, () -> Tensor.ofBytes("a", huge));
    assertThrows(IllegalStateException.class, () -> Tensor.ofFloats("a", new int[0], 1).bytes());
  }
}
