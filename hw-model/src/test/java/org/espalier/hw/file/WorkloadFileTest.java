package org.espalier.hw.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.PerChannel;
import org.espalier.hw.workload.Structured;
import org.espalier.hw.workload.Transposed;
import org.espalier.hw.workload.Uniform;
import org.espalier.hw.workload.Workload;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadFileTest {

  private static final String TWO_LAYERS =
      """
      name: two
      layers:
        - name: fc
          kind: gemm
          m: 8
          k: 4
          dtype: int16
          weight_density: 0.25
        - {name: conv, kind: conv, in_channels: 4, out_channels: 6, kernel: [1, 3],
           input: [5, 7], stride: 2, padding: 1, groups: 2, batch: 3, activation_density: 0.5}
      """;

  @TempDir Path folder;

  private static Workload parse(String text) {
    return WorkloadFile.workload(YamlText.parse("net.yaml", text), "net");
  }

  private static Layer layer(String keys) {
    return parse("layers: [{name: l, kind: gemm, " + keys + "}]").layers().get(0);
  }

  @Test
  void readsLayersAndTheirDefaults() throws IOException {
    Path file = Files.writeString(folder.resolve("net.yaml"), TWO_LAYERS);
    Workload workload = WorkloadFile.read(file);
    assertEquals("two", workload.name());
    Layer fc = workload.layers().get(0);
    assertEquals(new Gemm(8, 4, 1), fc.shape());
    assertEquals(DataType.INT16, fc.type());
    assertEquals("unstructured", fc.pattern().text());
    assertEquals(new Uniform(8, 4, 8), fc.weights());
    assertTrue(fc.activations().isDense());
    Layer conv = workload.layers().get(1);
    assertEquals(DataType.FP32, conv.type());
    Convolution shape = (Convolution) conv.shape();
    assertEquals(3, shape.batch());
    assertEquals(2, shape.shape().groups());
    assertEquals(4, shape.shape().outHeight()); // (5 + 2 - 1) / 2 + 1
    assertEquals(4, shape.shape().outWidth()); // (7 + 2 - 3) / 2 + 1
    assertEquals(new Uniform(4, 105, 210), conv.activations());
  }

  @Test
  void readsDensityModels() {
    assertEquals(new Structured(2, 8, 2, 4), layer("m: 2, k: 8, pattern: '2:4'").weights());
    assertEquals(
        Actual.banded(4, 4, 1),
        layer("m: 4, k: 4, weight_model: {type: banded, half_width: 1}").weights());
    assertEquals(
        new PerChannel(4, 4, 2),
        layer("m: 2, k: 4, weight_model: {type: per-channel, densities: [1, 0.5]}").weights());
    assertEquals(
        new Transposed(new PerChannel(4, 4, 2)),
        layer("m: 4, k: 2, weight_model: {type: per-input, densities: [1, 0.5]}").weights());
    assertEquals(
        new PerChannel(10, 1, 9),
        layer("m: 1, k: 2, n: 10, activation_model: {type: per-channel, densities: [.1, 0.9]}")
            .activations());
  }

  /** Line and path, and what is wrong there; lines counted in the text of two layers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m: 8          | m: 0            | net.yaml:5: layers[0].m      | at least 1",
        "m: 8          | m: eight        | net.yaml:5: layers[0].m      | the text 'eight'",
        "m: 8          | m: 99999999999  | net.yaml:5: layers[0].m      | 99999999999",
        "m: 8          | mm: 8           | net.yaml:3: layers[0]        | the key 'm'",
        "m: 8          | m: 8\\n    z: 1  | net.yaml:6: layers[0].z      | 'z'",
        "m: 8          | m: 8\\n    m: 8  | net.yaml:6                   | Duplicate field 'm'",
        "k: 4          | k: 2147483647   | net.yaml:3: layers[0]        | 2^31 - 1 values",
        "dtype: int16  | dtype: int17    | net.yaml:7: layers[0].dtype  | fp32, tf32",
        "dtype: int16  | pattern: 3:2    | net.yaml:7: layers[0].pattern | '3:2'",
        "dtype: int16  | pattern: 2:4    | net.yaml:3: layers[0]        | density 0.5",
        "density: 0.25 | density: 1.25   | net.yaml:8: layers[0].weight_density | 1.25",
        "density: 0.25 | density: .nan   | net.yaml:8: layers[0].weight_density | nan",
        "kind: conv    | kind: pool      | net.yaml:9: layers[1].kind   | one of gemm, conv",
        "groups: 2     | groups: 3       | net.yaml:9: layers[1]        | divides",
        "'[5, 7]'      | '[5, 7, 9]'     | net.yaml:10: layers[1].input | 3 numbers",
        "batch: 3      | batch: [3]      | net.yaml:10: layers[1].batch | a list",
        "'[1, 3]'      | '[1, 3'         | net.yaml:10                  | YAML",
        "name: two     | nam: two        | net.yaml:1: nam              | layers, name",
        "name: two     | name: *a        | net.yaml:1                   | an alias",
      })
  void saysWhereAndWhat(String right, String wrong, String place, String what) {
    String text = TWO_LAYERS.replace(right, wrong.replace("\\n", "\n"));
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> parse(text));
    assertTrue(e.place().equals(place) || e.place().startsWith(place + " ("), e.getMessage());
    assertTrue(e.getMessage().contains(what), e.getMessage());
  }

  @Test
  void refusesModelsBesideDensities() {
    for (String keys :
        List.of(
            "weight_density: 1, weight_model: {type: banded, half_width: 1}",
            "pattern: '2:4', weight_model: {type: banded, half_width: 1}",
            "weight_model: {type: per-channel, densities: [1]}",
            "weight_model: {type: even}",
            "weight_model: {type: banded, half_width: 1, width: 2}",
            "activation_density: 1, activation_model: {type: banded, half_width: 1}")) {
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> layer("m: 4, k: 4, " + keys));
      assertTrue(e.place().startsWith("net.yaml:1: layers[0]."), e.getMessage());
    }
  }

  @Test
  void refusesWhatIsNoFileOfAWorkload() throws IOException {
    assertThrows(InvalidInputException.class, () -> WorkloadFile.read(folder.resolve("none")));
    assertThrows(InvalidInputException.class, () -> WorkloadFile.read(folder));
    Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
    InvalidInputException size =
        assertThrows(InvalidInputException.class, () -> WorkloadFile.read(large));
    assertEquals("at most 1048576 bytes", size.expected());
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe9, 'b'});
    InvalidInputException bytes =
        assertThrows(InvalidInputException.class, () -> WorkloadFile.read(latin));
    assertEquals("text in UTF-8", bytes.expected());
    for (String text : List.of("", "# nothing", "3", "layers: []", "--- {}\n--- {}", "- - - 1")) {
      assertThrows(InvalidInputException.class, () -> parse(text), text);
    }
    assertThrows(InvalidInputException.class, () -> parse("[".repeat(100_000)));
  }

  /** Whatever becomes of a file, it is read, or refused with a place. */
  @Test
  void damagedFilesAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(1);
    String alphabet = "{}[],:-&*!|>'\"%@`#?\n\t 0e.ab\u0000\u0085\ufeff\uffff";
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      StringBuilder text = new StringBuilder(TWO_LAYERS);
      if (i < text.length()) {
        text.setLength(i);
      }
      for (int change = random.nextInt(4); change > 0 && text.length() > 0; change--) {
        int at = random.nextInt(text.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.delete(at, Math.min(text.length(), at + random.nextInt(9)));
        }
      }
      refused += isRefused(text.toString()) ? 1 : 0;
    }
    assertTrue(refused > 2000, refused + " refused");
  }

  private static boolean isRefused(String text) {
    try {
      WorkloadFile.workload(YamlText.parse("net.yaml", text), "net");
      return false;
    } catch (InvalidInputException e) {
      assertTrue(e.place().matches("(?s)net\\.yaml:\\d+.*"), e.getMessage());
      return true;
    }
  }

  /** The bytes of a file, not only its characters. */
  @Test
  void damagedBytesAreReadOrRefused() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = TWO_LAYERS.getBytes(StandardCharsets.UTF_8);
      for (int change = 0; change < 3; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        YamlText.read("net.yaml", new ByteArrayInputStream(bytes)).keys();
      } catch (InvalidInputException e) {
        assertTrue(e.place().startsWith("net.yaml"), e.getMessage());
      }
    }
  }
}
