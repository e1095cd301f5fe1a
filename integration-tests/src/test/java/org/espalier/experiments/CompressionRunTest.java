package org.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.examples.data.DigitGenerator;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.experiments.CompressionRun.Accuracies;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.codec.Codec;
import org.espalier.sparse.codec.CodecSettings;
import org.espalier.sparse.codec.CompressionReport;
import org.espalier.sparse.codec.Initialization;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the compression study, on a few generated digits. */
class CompressionRunTest {

  private static final ImageData DATA = DigitGenerator.data(128, 100, 1);

  @TempDir private Path folder;

  private CompressionReport steps(PaperNetwork network, List<Integer> kept) throws Exception {
    CompressionRun run = new CompressionRun(DATA, network, 1);
    TrainingSettings settings = network.denseSettings();
    Path pruned = folder.resolve("pruned.npz");
    Accuracies trained = run.train(settings.withEpochs(1), settings.withEpochs(2), pruned);
    try (TensorFile file = TensorFiles.open(pruned)) {
      assertEquals(trained.pruned(), run.accuracy(file));
      assertEquals(kept, weights(file));
    }
    Path packed = folder.resolve("packed.edc");
    CompressionReport report = Codec.encode(pruned, packed, CodecSettings.defaults());
    try (TensorFile decoded = Codec.open(packed)) {
      assertEquals(kept, weights(decoded));
      assertTrue(run.accuracy(decoded) > trained.pruned() - 0.1);
    }
    CompressionTable table = new CompressionTable();
    CompressionTable.Outcome outcome =
        new CompressionTable.Outcome(new Accuracies(0.5, 0.75), 0.6, report);
    table.add(network, Initialization.LINEAR, outcome);
    String text = table.markdown();
    assertTrue(text.contains("| 50.00 ± 0.00 | 25.00 ± 0.00 | 40.00 ± 0.00 |"), text);
    assertTrue(text.contains("%,d | ".formatted(report.fileBytes())), text);
    network.layers().forEach(layer -> assertTrue(text.contains("| " + layer.path() + " |"), text));
    return report;
  }

  /** Non-zeros of the weights; biases are not pruned. */
  private static List<Integer> weights(TensorFile file) {
    List<Integer> counts = new ArrayList<>();
    file.headers().stream()
        .filter(header -> header.shape().length > 1)
        .forEach(
            header -> {
              float[] values = file.read(header).floats();
              counts.add(
                  (int) IntStream.range(0, values.length).filter(i -> values[i] != 0).count());
            });
    return counts;
  }

  @Test
  void lenet300IsPrunedToThePapersDensitiesAndComesBack() throws Exception {
    // 0.08 * 235200, 0.09 * 30000, 0.26 * 1000: 12.2 times fewer.
    CompressionReport report = steps(PaperNetwork.LENET_300_100, List.of(18_816, 2_700, 260));
    assertEquals(4 * 266_610, report.total().dense()); // 410 biases
  }

  @Test
  void lenet5IsPrunedToThePapersDensitiesAndComesBack() throws Exception {
    // 0.66 * 500, 0.12 * 25000, 0.08 * 400000, 0.19 * 5000: 11.9 times fewer.
    CompressionReport report = steps(PaperNetwork.LENET_5, List.of(330, 3_000, 32_000, 950));
    assertEquals(4 * 431_080, report.total().dense()); // 580 biases
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() throws Exception {
    CompressionRun run = new CompressionRun(DATA, PaperNetwork.LENET_300_100, 1);
    Path file = folder.resolve("other.npz");
    TensorFiles.write(file, List.of(), header -> null);
    try (TensorFile open = TensorFiles.open(file)) {
      InvalidInputException e = assertThrows(InvalidInputException.class, () -> run.accuracy(open));
      assertEquals("a tensor '02Linear_weight' [300, 784]", e.expected());
    }
  }
}
