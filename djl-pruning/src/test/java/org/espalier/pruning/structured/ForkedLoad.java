package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.saved.Architecture;
import org.espalier.pruning.structured.saved.SavedNetwork;

/**
 * Saved networks, loaded in another JVM by DJL's own means.
 *
 * @param folder of the networks, one folder for each, counted from 0
 */
record ForkedLoad(Path folder) {

  /** Saves a network and what it predicts. */
  void save(int index, Architecture architecture, Block block, NDManager manager) {
    SavedNetwork.write(folder.resolve("" + index), "pruned", architecture, block);
    try {
      Files.write(
          folder.resolve(index + ".expected"),
          predictions(block, input(manager, architecture.inputs().get(0).shape()), manager));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Loads all networks in a fresh JVM; each must predict the same, but for the rounding of
   * libtorch's kernels.
   */
  void check(int networks) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                LoadInFork.class.getName(),
                folder.toString(),
                "" + networks)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    int exit = process.waitFor();
    String said = Files.readString(errors);
    assertEquals(0, exit, said);
    for (int i = 0; i < networks; i++) {
      List<String> expected = Files.readAllLines(folder.resolve(i + ".expected"));
      List<String> found = Files.readAllLines(folder.resolve(i + ".found"));
      assertEquals(expected.size(), found.size());
      for (int at = 0; at < expected.size(); at++) {
        double value = Double.parseDouble(expected.get(at));
        double tolerance = 1e-5 * Math.max(1, Math.abs(value));
        assertEquals(value, Double.parseDouble(found.get(at)), tolerance, "network " + i);
      }
    }
  }

  /** The same numbers in both JVMs. */
  static NDArray input(NDManager manager, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 1.7);
    }
    return manager.create(values, shape);
  }

  static List<String> predictions(Block block, NDArray input, NDManager manager) {
    float[] output = Networks.run(block, input, manager);
    return IntStream.range(0, output.length).mapToObj(i -> Float.toString(output[i])).toList();
  }
}
