package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code espalier mask} on files, from end to end. */
class MaskCommandTest extends TensorCommandBase {

  @ParameterizedTest
  @ValueSource(strings = {"masks.npz", "masks.safetensors"})
  void magnitudeKeepsTheLargestOfEachTensor(String name) throws IOException {
    Path masks = folder.resolve(name);
    Path json = folder.resolve("result.json");
    assertDone("mask", "--weights", weights, "--out", masks, "--sparsity", 0.625, "--json", json);
    // 0.375 * 8 = 3 of 8: -8, -7 and the first 5; 0.375 * 4 + 0.5 = 2 of 4. File order.
    Map<String, byte[]> expected = new LinkedHashMap<>();
    expected.put("layers.1/weight", new byte[] {0, 1, 0, 0, 1, 0, 1, 0});
    expected.put("layers.0/weight", new byte[] {0, 0, 1, 1});
    assertMasks(expected, masks);
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertEquals("layers.1/weight", result.at("/tensors/0/name").asText());
    assertEquals("[2,4]", result.at("/tensors/0/shape").toString());
    assertEquals(3, result.at("/tensors/0/kept").asInt());
    assertEquals(0.625, result.at("/tensors/0/sparsity").asDouble());
    assertEquals(12, result.at("/total/elements").asInt());
    assertEquals(5, result.at("/total/kept").asInt());
    assertEquals(0.625, result.at("/requested_sparsity").asDouble());
    assertEquals("magnitude", result.at("/criterion").asText());
    assertTrue(result.at("/seconds").isNumber());
    assertTrue(out.toString().contains("layers.1/weight  2x4"), out.toString());
    assertTrue(out.toString().contains("total"), out.toString());
  }

  @Test
  void globalRanksAllTensorsTogether() {
    Path masks = folder.resolve("masks.npz");
    assertDone(
        "mask", "--weights", weights, "--out", masks, "--sparsity", 0.5, "--allocation", "global");
    // 6 of 12: 10 to 13, 8 and 7.
    Map<String, byte[]> expected = new LinkedHashMap<>();
    expected.put("layers.1/weight", new byte[] {0, 1, 0, 0, 0, 0, 1, 0});
    expected.put("layers.0/weight", new byte[] {1, 1, 1, 1});
    assertMasks(expected, masks);
  }

  @Test
  void patternsThatLeaveNoChoiceNeedNoSparsity() {
    Path masks = folder.resolve("masks.npz");
    assertDone("mask", "--weights", weights, "--out", masks, "--pattern", "2:4");
    Map<String, byte[]> expected = new LinkedHashMap<>();
    // 1 -8 3 4 | 5 5 -7 2: the tie of the two fives goes to the first.
    expected.put("layers.1/weight", new byte[] {0, 1, 0, 1, 1, 0, 1, 0});
    expected.put("layers.0/weight", new byte[] {0, 0, 1, 1});
    assertMasks(expected, masks);
    assertDone("mask", "--weights", weights, "--out", masks, "--pattern", "2:4", "--sparsity", 0.5);
  }

  @Test
  void globsChooseTensors() {
    Path masks = folder.resolve("masks.npz");
    assertDone(
        "mask",
        "--weights",
        weights,
        "--out",
        masks,
        "--sparsity",
        0.5,
        "--include",
        "layers*",
        "--exclude",
        "*1/weight");
    Map<String, byte[]> expected = new LinkedHashMap<>();
    // A glob may name a bias; floor(0.5 * 2 + 0.5) = 1, the first of a tie.
    expected.put("layers.1/bias", new byte[] {1, 0});
    expected.put("layers.0/weight", new byte[] {0, 0, 1, 1});
    assertMasks(expected, masks);
  }

  @Test
  void channelsByAggregate() {
    Path masks = folder.resolve("masks.npz");
    String[] common = {"--include", "layers.1/weight", "--pattern", "channel", "--sparsity", "0.5"};
    List<Object> arguments = new ArrayList<>(List.of("mask", "--weights", weights, "--out", masks));
    arguments.addAll(Arrays.asList(common));
    assertDone(arguments.toArray());
    // sums 16 and 19: the second channel lives; by the largest, 8 and 7, the first.
    assertMasks(Map.of("layers.1/weight", new byte[] {0, 0, 0, 0, 1, 1, 1, 1}), masks);
    arguments.addAll(List.of("--aggregate", "max"));
    assertDone(arguments.toArray());
    assertMasks(Map.of("layers.1/weight", new byte[] {1, 1, 1, 1, 0, 0, 0, 0}), masks);
  }

  @Test
  void helpNamesAllOptionsAndWords() {
    assertEquals(0, run("mask", "--help"));
    for (String word :
        List.of(
            "--weights",
            "--out",
            "--pattern",
            "--criterion",
            "--allocation",
            "--sparsity",
            "--gradients",
            "--statistics",
            "--aggregate",
            "--include",
            "--exclude",
            "--seed",
            "--threads",
            "--json",
            "N:M",
            "block:RxC",
            "magnitude",
            "global",
            "uniform",
            "squared-sum",
            "hessian_diagonal",
            "input_norm")) {
      assertTrue(unwrapped().contains(word), word);
    }
    out.getBuffer().setLength(0);
    assertEquals(0, run("inspect", "--help"));
    assertTrue(unwrapped().contains("columns - 1"));
    assertEquals("", err.toString());
  }

  private String unwrapped() {
    return out.toString().replaceAll("\\s+", " ");
  }
}
