package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.io.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code espalier encode} and {@code decode} refuse: one line, and nothing touched. */
class EncodeRefusalsTest extends TensorCommandBase {

  /** Runs a command whose outputs exist, and checks that both stay and nothing is left. */
  private String line(String ending, Object... arguments) throws IOException {
    Path results = Files.createDirectories(folder.resolve("results" + ending));
    Path target = Files.writeString(results.resolve("out" + ending), "old file");
    Path json = Files.writeString(results.resolve("out.json"), "old result");
    List<Object> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--out", target, "--json", json));
    assertEquals(2, run(all.toArray()), err.toString());
    assertEquals("old file", Files.readString(target));
    assertEquals("old result", Files.readString(json));
    try (var files = Files.list(results)) {
      assertEquals(2, files.count());
    }
    assertEquals("", out.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    String line = err.toString().strip();
    err.getBuffer().setLength(0);
    return line;
  }

  private Path packed() {
    Path packed = folder.resolve("packed.edc");
    assertDone("encode", weights, "--out", packed);
    out.getBuffer().setLength(0);
    return packed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "13", "x", "", "5/", "5/6/7", "fc=", "fc=five", "conv=8,", "a=1/13"})
  void bitsThatAreNone(String bits) throws IOException {
    String entry = bits.endsWith(",") ? "" : bits;
    assertEquals(
        "espalier: --bits: expected BITS, conv=BITS, fc=BITS or GLOB=BITS, where BITS is one number"
            + " from 1 to 12 or two as in 5/8, found '"
            + entry
            + "'; for example --bits conv=8,fc=5",
        line(".edc", "encode", weights, "--bits", bits));
  }

  @Test
  void globsThatChooseNothing() throws IOException {
    assertEquals(
        "espalier: --bits: expected a glob that matches one of [layers.1/weight, layers.1/bias,"
            + " layers.0/weight, mask], found 'layer?'; correct or remove it",
        line(".edc", "encode", weights, "--bits", "layer?=4"));
    assertEquals(
        "espalier: --bits: expected a glob that matches a float tensor, found 'm*', which matches"
            + " 'mask' uint8[1, 2]; correct or remove it",
        line(".edc", "encode", weights, "--bits", "m*=4"));
    String open = line(".edc", "encode", weights, "--bits", "a[=4");
    assertTrue(open.startsWith("espalier: --bits: expected a glob, found 'a['"), open);
  }

  @Test
  void inputsThatDoNotHold() throws IOException {
    Path nan = file("nan.npz", Tensor.ofFloats("w", new int[] {1, 2}, 1, Float.NaN));
    assertEquals(
        "espalier: "
            + nan
            + ", tensor 'w': expected finite weights, found NaN at index 1; train the model again"
            + " with a lower learning rate, or repair the weight",
        line(".edc", "encode", nan));
    Path missing = folder.resolve("missing.safetensors");
    assertTrue(line(".edc", "encode", missing).startsWith("espalier: " + missing + ": expected"));
    Path other = Files.writeString(folder.resolve("weights.bin"), "text");
    String ending = line(".edc", "encode", other);
    assertTrue(ending.contains("a tensor file that ends in .npz or .safetensors"), ending);
    String word = line(".edc", "encode", weights, "--initialization", "best");
    assertTrue(word.startsWith("espalier: Invalid value for option '--initialization'"), word);
    String threads = line(".edc", "encode", weights, "--threads", 0);
    assertTrue(threads.startsWith("espalier: --threads: expected at least 1"), threads);
  }

  @Test
  void compressedFilesThatDoNotHold() throws IOException {
    Path packed = packed();
    byte[] bytes = Files.readAllBytes(packed);
    Path cut = Files.write(folder.resolve("cut.edc"), Arrays.copyOf(bytes, bytes.length - 1));
    assertTrue(line(".npz", "decode", cut).startsWith("espalier: " + cut + ", record 4: expected"));
    bytes[bytes.length - 8] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.edc"), bytes);
    String line = line(".npz", "decode", damaged);
    assertTrue(line.startsWith("espalier: " + damaged), line);
    assertTrue(line(".npz", "decode", weights).startsWith("espalier: " + weights + ": expected"));
    String ending = line(".bin", "decode", packed);
    assertTrue(ending.contains("a tensor file that ends in .npz or .safetensors"), ending);
  }

  @Test
  void outputsNeverReplaceInputsOrEachOther() throws IOException {
    Path packed = packed();
    byte[] before = Files.readAllBytes(weights);
    byte[] packedBefore = Files.readAllBytes(packed);
    Path same = weights.getParent().resolve("x/../weights.npz");
    Path link = Files.createSymbolicLink(folder.resolve("link.npz"), packed);
    Path fresh = folder.resolve("fresh.npz");
    for (Object[] arguments :
        new Object[][] {
          {"encode", weights, "--out", same},
          {"encode", weights, "--out", fresh, "--json", weights},
          {"encode", weights, "--out", fresh, "--json", fresh},
          {"decode", packed, "--out", link},
          {"decode", packed, "--out", fresh, "--json", packed},
          {"decode", packed, "--out", fresh, "--json", fresh},
        }) {
      assertEquals(2, run(arguments));
      assertTrue(err.toString().contains(": expected another file than "), err.toString());
      err.getBuffer().setLength(0);
    }
    assertArrayEquals(before, Files.readAllBytes(weights));
    assertArrayEquals(packedBefore, Files.readAllBytes(packed));
    assertTrue(Files.notExists(fresh));
  }

  @Test
  void bothOutputsOrNone() throws IOException {
    Path packed = packed();
    Path old = Files.writeString(folder.resolve("old.npz"), "old");
    Path nowhere = folder.resolve("nowhere/file.npz");
    for (Object[] start : new Object[][] {{"encode", weights}, {"decode", packed}}) {
      assertEquals(2, run(start[0], start[1], "--out", old, "--json", nowhere));
      assertEquals(2, run(start[0], start[1], "--out", nowhere, "--json", old));
      assertEquals("old", Files.readString(old));
    }
  }
}
