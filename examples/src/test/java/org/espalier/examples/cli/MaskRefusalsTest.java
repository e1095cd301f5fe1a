package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.io.Tensor;
import org.junit.jupiter.api.Test;

/** What {@code espalier mask} refuses: one line, and nothing touched. */
class MaskRefusalsTest extends TensorCommandBase {

  @Test
  void whatIsRefusedTouchesNothing() throws IOException {
    Path nan = file("nan.npz", Tensor.ofFloats("w", new int[] {1, 2}, 1, Float.NaN));
    assertRefused(
        nan
            + ", tensor 'w', index 1: expected a finite number to decide a mask, found NaN; mend or"
            + " exclude the tensor; nothing was written",
        "--weights",
        nan,
        "--sparsity",
        0.5);
    assertRefused(
        "--sparsity: expected a sparsity (fraction of zeros) in [0, 1), found 1.0; 0.9 prunes nine"
            + " weights of ten",
        "--weights",
        weights,
        "--sparsity",
        1);
    assertRefused(
        "--sparsity: expected a fraction of zeros in [0, 1): unstructured leaves the choice, found"
            + " none; give one, for example --sparsity 0.9",
        "--weights",
        weights);
    assertRefused(
        "--sparsity: expected 0.5, the sparsity of every tensor under 2:4, found 0.9; set the"
            + " target to that, or choose another pattern",
        "--weights",
        weights,
        "--pattern",
        "2:4",
        "--sparsity",
        0.9);
  }

  @Test
  void tensorsAndCountsThatAreNone() throws IOException {
    assertRefused(
        "--exclude: expected a glob that matches one of [layers.1/weight, layers.1/bias,"
            + " layers.0/weight, mask], found 'conv*'; correct or remove it",
        "--weights",
        weights,
        "--sparsity",
        0.5,
        "--exclude",
        "conv*");
    assertRefused(
        weights
            + ", tensor 'mask': expected float values along at least one axis, found 'mask'"
            + " uint8[1, 2]; exclude it",
        "--weights",
        weights,
        "--sparsity",
        0.5,
        "--include",
        "*");
    assertRefused(
        "--threads: expected at least 1, found 0; raise it or leave it out",
        "--weights",
        weights,
        "--threads",
        0);
    assertRefused(
        "Invalid value for option '--seed': 'x' is not a long; see espalier mask --help",
        "--weights",
        weights,
        "--seed",
        "x");
  }

  @Test
  void unknownWordsAndPatternsThatDoNotFit() throws IOException {
    for (String[] pair :
        new String[][] {
          {"--pattern", "3x3"},
          {"--criterion", "beauty"},
          {"--allocation", "fair"},
          {"--aggregate", "median"},
        }) {
      String line = refusal("--weights", weights, "--sparsity", 0.5, pair[0], pair[1]);
      assertTrue(line.startsWith("espalier: " + pair[0] + ": expected "), line);
      assertTrue(line.contains("found '" + pair[1] + "'"), line);
    }
    String line = refusal("--weights", weights, "--sparsity", 0.5, "--pattern", "block:3x1");
    assertTrue(line.startsWith("espalier: layers.1/weight: expected "), line);
    assertTrue(line.contains("found shape [2, 4]; exclude this tensor"), line);
  }

  @Test
  void filesThatAreNotThereOrDamaged() throws IOException {
    Path missing = folder.resolve("missing.safetensors");
    String line = refusal("--weights", missing, "--sparsity", 0.5);
    assertTrue(line.startsWith("espalier: " + missing + ": expected"), line);
    Path damaged = folder.resolve("damaged.npz");
    Files.write(damaged, Arrays.copyOf(Files.readAllBytes(weights), 100));
    line = refusal("--weights", damaged, "--sparsity", 0.5);
    assertTrue(line.startsWith("espalier: " + damaged + ": expected"), line);
    Path other = folder.resolve("weights.bin");
    line = refusal("--weights", other, "--sparsity", 0.5);
    assertTrue(line.contains("a tensor file that ends in .npz or .safetensors"), line);
  }

  @Test
  void outputsNeverReplaceInputs() throws IOException {
    byte[] before = Files.readAllBytes(weights);
    Path link = Files.createSymbolicLink(folder.resolve("link.npz"), weights);
    for (Path path : List.of(weights, weights.getParent().resolve("x/../weights.npz"), link)) {
      assertEquals(2, run("mask", "--weights", weights, "--out", path, "--sparsity", 0.5));
      assertEquals(
          "espalier: --out: expected another file than --weights, found "
              + path
              + "; name a new file",
          err.toString().strip());
      err.getBuffer().setLength(0);
    }
    assertEquals(2, run("inspect", weights, "--json", weights));
    assertArrayEquals(before, Files.readAllBytes(weights));
  }

  @Test
  void bothOutputsOrNone() throws IOException {
    Path json = Files.writeString(folder.resolve("result.json"), "old");
    Path nowhere = folder.resolve("nowhere/masks.npz");
    assertEquals(
        2, run("mask", "--weights", weights, "--out", nowhere, "--sparsity", 0.5, "--json", json));
    assertEquals("old", Files.readString(json));
    Path masks = Files.writeString(folder.resolve("masks.npz"), "old");
    assertEquals(
        2,
        run(
            "mask",
            "--weights",
            weights,
            "--out",
            masks,
            "--sparsity",
            0.5,
            "--json",
            folder.resolve("nowhere/result.json")));
    assertEquals("old", Files.readString(masks));
  }
}
