package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A file of weights, and the command line with its own streams. */
abstract class TensorCommandBase {

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  @TempDir Path folder;

  Path weights;

  @BeforeEach
  void writeWeights() {
    weights =
        file(
            "weights.npz",
            Tensor.ofFloats("layers.1/weight", new int[] {2, 4}, 1, -8, 3, 4, 5, 5, -7, 2),
            Tensor.ofFloats("layers.1/bias", new int[] {2}, 9, 9),
            Tensor.ofFloats("layers.0/weight", new int[] {1, 4}, 10, 11, 12, 13),
            Tensor.ofBytes("mask", new int[] {1, 2}, (byte) 1, (byte) 0));
  }

  void assertDone(Object... arguments) {
    assertEquals(0, run(arguments), err.toString());
    assertEquals("", err.toString());
  }

  void assertRefused(String message, Object... arguments) throws IOException {
    assertEquals("espalier: " + message, refusal(arguments));
  }

  /** Runs {@code mask}, and checks that both outputs stay as they are and nothing is left. */
  String refusal(Object... arguments) throws IOException {
    Path results = Files.createDirectories(folder.resolve("results"));
    Path masks = Files.writeString(results.resolve("masks.npz"), "old masks");
    Path json = Files.writeString(results.resolve("masks.json"), "old result");
    List<Object> all = new ArrayList<>(List.of("mask", "--out", masks, "--json", json));
    all.addAll(Arrays.asList(arguments));
    assertEquals(2, run(all.toArray()), err.toString());
    assertEquals("old masks", Files.readString(masks));
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

  int run(Object... arguments) {
    CommandLine command = Espalier.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
  }

  Path file(String name, Tensor... tensors) {
    Path file = folder.resolve(name);
    var next = List.of(tensors).iterator();
    TensorFiles.write(
        file, List.of(tensors).stream().map(TensorHeader::of).toList(), header -> next.next());
    return file;
  }

  static void assertMasks(Map<String, byte[]> expected, Path masks) {
    try (TensorFile file = TensorFiles.open(masks)) {
      assertEquals(
          List.copyOf(expected.keySet()), file.headers().stream().map(TensorHeader::name).toList());
      for (TensorHeader header : file.headers()) {
        assertArrayEquals(
            expected.get(header.name()), file.read(header).bytes(), header.toString());
      }
    }
  }
}
