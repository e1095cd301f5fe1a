package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code espalier encode} and {@code decode} on files, from end to end. */
class EncodeCommandTest extends TensorCommandBase {

  private Path packed;
  private Path json;

  @BeforeEach
  void namePlaces() {
    packed = folder.resolve("model.edc");
    json = folder.resolve("result.json");
  }

  /** Every second weight is zero; the others have the given number of different values. */
  private static Tensor sparse(String name, int different, int... shape) {
    int elements = 1;
    for (int extent : shape) {
      elements *= extent;
    }
    float[] values = new float[elements];
    for (int i = 0; i < elements; i += 2) {
      int step = i / 2 % different;
      values[i] = step % 2 == 0 ? 1 + step : -1 - step;
    }
    return Tensor.ofFloats(name, shape, values);
  }

  private Path model(String ending) {
    return file(
        "model" + ending,
        sparse("conv.weight", 200, 10, 10, 5, 5),
        Tensor.ofFloats("conv.bias", new int[] {3}, 0.5f, -0f, 2),
        sparse("fc.weight", 31, 50, 40),
        Tensor.ofBytes("mask", new int[] {1, 2}, (byte) 1, (byte) 0));
  }

  private static List<Tensor> read(Path file) {
    List<Tensor> tensors = new ArrayList<>();
    try (TensorFile open = TensorFiles.open(file)) {
      open.headers().forEach(header -> tensors.add(open.read(header)));
    }
    return tensors;
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(json.toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {".npz", ".safetensors"})
  void whatFitsTheCodebooksComesBackBitForBit(String ending) throws IOException {
    Path model = model(ending);
    assertDone("encode", model, "--out", packed, "--json", json);
    Path back = folder.resolve("back" + ending);
    assertDone("decode", packed, "--out", back);
    assertEquals(read(model), read(back));
    assertArrayEquals(Files.readAllBytes(model), Files.readAllBytes(back));
    JsonNode result = result();
    assertEquals(4 * (2500 + 3 + 2000) + 2, result.at("/total/bytes/dense").asInt());
    assertEquals(Files.size(packed), result.at("/total/bytes/coded").asLong());
    assertEquals(
        18014.0 / Files.size(packed), result.at("/total/compression_factor").asDouble(), 1e-9);
    assertEquals("linear", result.get("initialization").asText());
    JsonNode conv = result.at("/tensors/0");
    assertEquals("conv.weight", conv.get("name").asText());
    assertEquals("[10,10,5,5]", conv.get("shape").toString());
    assertEquals(8, conv.at("/coding/weight_bits").asInt());
    assertEquals(8, conv.at("/coding/index_bits").asInt());
    assertEquals(1250, conv.at("/coding/nonzeros").asInt());
    assertEquals(200, conv.at("/coding/codebook_entries").asInt());
    // Without fillers: 1250 weights of 32 + 8 bits; then of 8 + 8 bits and 200 float32.
    assertEquals(1250 * 5, conv.at("/bytes/pruned").asInt());
    assertEquals(1250 * 2 + 800, conv.at("/bytes/shared").asInt());
    assertTrue(result.at("/tensors/1/coding").isNull());
    assertEquals(12, result.at("/tensors/1/bytes/shared").asInt());
    JsonNode fc = result.at("/tensors/2");
    assertEquals(31, fc.at("/coding/codebook_entries").asInt());
    assertEquals(1000 * 4 + 625, fc.at("/bytes/pruned").asInt());
    assertEquals(2 * 625 + 124, fc.at("/bytes/shared").asInt());
    assertTrue(result.get("seconds").isNumber());
  }

  @Test
  void tablesShowTheStages() throws IOException {
    assertDone("encode", model(".npz"), "--out", packed);
    String table = out.toString();
    assertTrue(table.contains("pruned (P)  shared (P+Q)  Huffman (P+Q+H)"), table);
    assertTrue(table.contains("conv.weight    10x10x5x5       10,000       6,250"), table);
    assertTrue(table.contains("total                          18,014"), table);
    assertTrue(table.contains("times smaller"), table);
    assertTrue(table.contains("compressed: " + packed), table);
    out.getBuffer().setLength(0);
    assertDone("decode", packed, "--out", folder.resolve("back.npz"), "--json", json);
    assertTrue(
        out.toString().contains("conv.weight  10x10x5x5  float32     2,500     1,250"), "" + out);
    JsonNode bias = result().at("/tensors/1");
    assertEquals("conv.bias", bias.get("name").asText());
    assertEquals("float32", bias.get("type").asText());
    assertEquals(2, bias.get("nonzeros").asInt());
    assertEquals(1, result().at("/tensors/3/nonzeros").asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6|6 8|6 5",
        "6/4|6 4|6 4",
        "conv=7,fc=4|7 8|4 5",
        "fc=4/3|8 8|4 3",
        "conv*=3|3 5|5 5",
        "4,{conv,x}.weight=3/2,*=9|3 2|9 5",
      })
  void bitsByKindAndName(String bits, String conv, String fc) throws IOException {
    assertDone("encode", model(".npz"), "--out", packed, "--bits", bits, "--json", json);
    JsonNode result = result();
    for (int tensor : new int[] {0, 2}) {
      JsonNode coding = result.at("/tensors/" + tensor + "/coding");
      String found = coding.get("weight_bits").asText() + " " + coding.get("index_bits").asText();
      assertEquals(tensor == 0 ? conv : fc, found);
      int most = 1 << coding.get("weight_bits").asInt();
      assertTrue(coding.get("codebook_entries").asInt() <= most, coding.toString());
    }
  }

  @Test
  void initializationsAndSeeds() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[3000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.cbrt(random.nextDouble(-1, 1));
    }
    Path model = file("w.npz", Tensor.ofFloats("w", new int[] {30, 100}, values));
    List<byte[]> files = new ArrayList<>();
    for (String[] how :
        new String[][] {
          {"linear", "1"}, {"linear", "2"}, {"density", "1"}, {"RANDOM", "1"}, {"random", "2"}
        }) {
      assertDone(
          "encode",
          model,
          "--out",
          packed,
          "--initialization",
          how[0],
          "--seed",
          how[1],
          "--bits",
          "4");
      files.add(Files.readAllBytes(packed));
    }
    assertArrayEquals(files.get(0), files.get(1));
    for (int i = 1; i < files.size(); i++) {
      for (int j = i + 1; j < files.size(); j++) {
        assertTrue(!java.util.Arrays.equals(files.get(i), files.get(j)), i + " and " + j);
      }
    }
  }

  @Test
  void helpNamesAllOptionsAndWords() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("  encode "), out.toString());
    assertTrue(out.toString().contains("  decode "), out.toString());
    out.getBuffer().setLength(0);
    assertEquals(0, run("encode", "--help"));
    String help = out.toString().replaceAll("\\s+", " ");
    for (String word :
        List.of(
            "--out",
            "--bits",
            "--initialization",
            "--json",
            "--seed",
            "--threads",
            "conv=8,fc=5",
            "linear",
            "density",
            "random",
            "GLOB=N")) {
      assertTrue(help.contains(word), word);
    }
    assertEquals(0, run("decode", "--help"));
    assertEquals("", err.toString());
  }
}
