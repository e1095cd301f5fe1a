package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.io.Tensor;
import org.junit.jupiter.api.Test;

/** {@code espalier inspect} on files, from end to end. */
class InspectCommandTest extends TensorCommandBase {

  @Test
  void inspectCountsBytesAndPatterns() throws IOException {
    Path sparse =
        file(
            "sparse.safetensors",
            // The matrix of algorithms.md U4, CSR 35 bytes against 64 dense.
            Tensor.ofFloats("w", new int[] {4, 4}, 0, 3, 0, 7, 0, 0, 8, 0, 2, 5, 0, 0, 0, 0, 0, 9),
            Tensor.ofBytes("m", new int[] {2, 2}, (byte) 1, (byte) 1, (byte) 0, (byte) 0),
            Tensor.ofFloats("none", new int[] {0, 3}));
    Path json = folder.resolve("inspect.json");
    assertDone("inspect", sparse, "--json", json);
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    JsonNode w = result.at("/tensors/0");
    assertEquals("w", w.get("name").asText());
    assertEquals("float32", w.get("type").asText());
    assertEquals(16, w.get("elements").asInt());
    assertEquals(6, w.get("nonzeros").asInt());
    assertEquals(0.625, w.get("sparsity").asDouble());
    assertEquals(64, w.at("/bytes/dense").asInt());
    assertEquals(36, w.at("/bytes/coo").asInt());
    assertEquals(35, w.at("/bytes/csr").asInt());
    assertEquals(26, w.at("/bytes/bitmask").asInt());
    assertEquals(34, w.at("/bytes/2:4").asInt());
    // Each row is an element of 4, and has 2, 1, 2 and 1 non-zeros: they differ by at most one.
    assertEquals(List.of("2:4", "balanced-pe:4"), texts(w.get("satisfies")));
    JsonNode m = result.at("/tensors/1");
    assertEquals(1, m.get("value_bytes").asInt());
    assertEquals(4, m.at("/bytes/dense").asInt());
    assertTrue(texts(m.get("satisfies")).contains("channel"), m.toString());
    assertEquals(0, result.at("/tensors/2/elements").asInt());
    assertEquals(20, result.at("/total/elements").asInt());
    assertEquals(8, result.at("/total/nonzeros").asInt());
    assertEquals(68, result.at("/total/bytes/dense").asInt());
    assertEquals(List.of(), texts(result.at("/total/satisfies")));
    assertTrue(out.toString().contains("64"), out.toString());
  }

  @Test
  void inspectRefuses() {
    assertEquals(2, run("inspect", folder.resolve("missing.npz")));
    assertEquals(1, err.toString().lines().count());
    err.getBuffer().setLength(0);
    assertEquals(2, run("inspect"));
    assertTrue(err.toString().startsWith("espalier: Missing required parameter"), err.toString());
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
