package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.sparse.testing.FuzzSeeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seeds of {@link SafetensorsFuzz}, and what must hold for them. */
class SafetensorsFuzzTest {

  @TempDir Path folder;

  @Test
  void seedsAreAsGenerated() throws IOException {
    FuzzSeeds.requireCommitted("safetensors", seeds(folder));
  }

  @Test
  void seedsAreDecodedAsFarAsTheyHold() throws IOException {
    SafetensorsFuzz fuzz = new SafetensorsFuzz(folder);
    for (Map.Entry<String, byte[]> seed : FuzzSeeds.committed("safetensors").entrySet()) {
      String name = seed.getKey();
      int expected = name.startsWith("refused") ? 0 : name.startsWith("three") ? 3 : 1;
      assertEquals(expected, fuzz.check(seed.getValue()).size(), name);
    }
  }

  /** Larger than what fuzzing tries, so that the file's size counts and not the buffers. */
  @Test
  void longHeadersTakeMemoryInProportion() throws IOException {
    SafetensorsFuzz fuzz = new SafetensorsFuzz(folder);
    String remarks = "\"\":\"\",".repeat(20_000) + "\"\":\"\"";
    String one = tensor("w", "U8", "[1]", 0, 1);
    byte[] remarked = text("{\"__metadata__\":{" + remarks + "}," + one + "}", 1);
    assertEquals(1, fuzz.check(remarked).size());
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 1000; i++) {
      many.append(i == 0 ? "" : ",").append(tensor("" + i, "U8", "[]", i, i + 1));
    }
    assertEquals(1000, fuzz.check(text(many.append('}').toString(), 1000)).size());
    String blanks = tensor("w" + " ".repeat(1_000_000) + "w", "C64", "[1]", 0, 8);
    assertEquals(0, fuzz.check(text("{" + blanks + "}", 8)).size());
  }

  static Map<String, byte[]> seeds(Path folder) throws IOException {
    Map<String, byte[]> seeds = new TreeMap<>();
    for (ElementType type : ElementType.values()) {
      String header = tensor("w", type.safetensors(), "[1,2]", 0, 2 * type.bytes());
      seeds.put("type-" + type.safetensors(), text("{" + header + "}", 2 * type.bytes()));
    }
    seeds.put("type-scalar", text("{" + tensor("s", "F32", "[]", 0, 4) + "}", 4));
    seeds.put("type-empty", text("{" + tensor("e", "F64", "[3,0]", 0, 0) + "}", 0));
    String b = tensor("b", "U8", "[3]", 0, 3);
    String a = tensor("a", "BF16", "[ 1 , 1 ]", 3, 5);
    seeds.put(
        "three-out-of-order",
        text("{ " + a + " ,\n" + b + "," + tensor("n", "I8", "[0]", 3, 3) + "}  ", 5));
    String remarks = "\"__metadata__\":{\"format\":\"pt\",\"\\u00e9\\n\":\"\\ud83d\\ude00\"},";
    seeds.put("metadata", text("{" + remarks + tensor("\\\"q\\\\", "BOOL", "[1]", 0, 1) + "}", 1));
    seeds.put("refused-overlap", text("{" + b + "," + tensor("c", "U8", "[2]", 2, 4) + "}", 4));
    seeds.put("refused-huge", text("{" + tensor("h", "F64", "[2147483647,0]", 0, 8) + "}", 8));
    seeds.put("refused-no-tensors", text("{}", 0));
    Path file = folder.resolve("seed.safetensors");
    NpzFuzz.write(
        file,
        List.of(
            Tensor.ofFloats("w", new int[] {2, 3}, 1, -2, 0.5f, Float.NaN, -0f, 7),
            Tensor.ofBytes("m\u00e4sk/b", new int[] {3}, (byte) 1, (byte) 0, (byte) -1),
            Tensor.ofFloats("scalar\n", new int[0], 3)));
    seeds.put("three-in-a-file", Files.readAllBytes(file));
    return seeds;
  }

  private static String tensor(String name, String type, String shape, int begin, int end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, begin, end);
  }

  /** The header, a zero, and as many bytes of values; 2 as a last float64, or a power of two. */
  private static byte[] text(String header, int values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(text, text.length + 1 + values);
    if (values > 0) {
      all[all.length - 1] = 64;
    }
    return all;
  }
}
