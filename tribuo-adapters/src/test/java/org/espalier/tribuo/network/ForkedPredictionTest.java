package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved model predicts the same bits in a JVM that has no libtorch, and no SIMD kernels. */
class ForkedPredictionTest {

  @TempDir Path folder;

  private List<String> inFork(SparseNetworkModel<?> model, String... flags) throws Exception {
    Path saved = folder.resolve("model.tribuo");
    model.serializeToFile(saved);
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("pytorch"))
            .collect(Collectors.joining(File.pathSeparator));
    Path written = folder.resolve("bits.txt");
    Path errors = folder.resolve("errors.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-Xmx256m", "-cp", path, PredictInFork.class.getName()));
    command.addAll(List.of(saved.toString(), written.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> read(errors));
    return Files.readAllLines(written);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  @Test
  void theClassPathHereHasTheEngine() {
    assertTrue(System.getProperty("java.class.path").contains("pytorch"));
  }

  @Test
  void denseNetworkWithNormalizationAndWithoutVectorInstructions() throws Exception {
    var spec = new DenseNetworkSpec(new int[] {48, 16}, ActivationFunction.TANH, true, 0.1);
    var model =
        SparseNetworkTrainer.builder(spec, new LabelAdapter())
            .optEpochs(3)
            .optSparsity(0.8)
            .build()
            .train(ToyData.labels(200, 1));
    List<String> expected = PredictInFork.bits(model);
    assertEquals(50, expected.size());
    assertFalse(expected.get(0).equals(expected.get(1)));
    assertEquals(expected, inFork(model));
    assertEquals(expected, inFork(model, "--add-modules", "jdk.incubator.vector"));
  }

  @Test
  void convolutions() throws Exception {
    var spec = new ConvolutionalNetworkSpec(6, 6, 1, new int[] {4, 6}, new int[] {8});
    var model =
        SparseNetworkTrainer.builder(spec, new LabelAdapter())
            .optEpochs(2)
            .optSparsity(0.5)
            .build()
            .train(ToyData.images(100, 1));
    assertEquals(PredictInFork.bits(model), inFork(model));
  }

  @Test
  void numbers() throws Exception {
    var spec = new DenseNetworkSpec(new int[] {33}, ActivationFunction.SIGMOID, false, 0);
    var model =
        SparseNetworkTrainer.builder(spec, new RegressorAdapter())
            .optEpochs(2)
            .build()
            .train(ToyData.targets(100, 1));
    assertEquals(PredictInFork.bits(model), inFork(model));
  }
}
