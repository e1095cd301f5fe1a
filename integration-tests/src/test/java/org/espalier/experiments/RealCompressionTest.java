package org.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.experiments.CompressionRun.Accuracies;
import org.espalier.sparse.codec.Codec;
import org.espalier.sparse.codec.CodecSettings;
import org.espalier.sparse.codec.CompressionReport;
import org.espalier.sparse.io.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deep Compression of LeNet-300-100 on real MNIST, where the files are at hand; shortened. */
class RealCompressionTest {

  @Test
  void fiveBitClustersAreThirtyEightTimesSmallerAtTheSameAccuracy(@TempDir Path folder)
      throws Exception {
    Path data =
        Path.of(System.getProperty("espalier.data", "../../shared/data"))
            .resolve("mnist")
            .toAbsolutePath()
            .normalize();
    assumeTrue(
        Files.isDirectory(data),
        "SKIPPED: no MNIST at " + data + "; name its parent folder by -Despalier.data=DIR");
    PaperNetwork network = PaperNetwork.LENET_300_100;
    CompressionRun run = new CompressionRun(DataSource.MNIST.load(data), network, 1);
    TrainingSettings settings = network.denseSettings();
    Path pruned = folder.resolve("pruned.safetensors");
    Accuracies trained = run.train(settings.withEpochs(4), settings.withEpochs(6), pruned);
    Path packed = folder.resolve("packed.edc");
    CompressionReport report = Codec.encode(pruned, packed, CodecSettings.defaults());
    try (TensorFile decoded = Codec.open(packed)) {
      double accuracy = run.accuracy(decoded);
      String figures = trained + ", decoded " + accuracy + "\n" + report.table();
      assertTrue(trained.dense() >= 0.975 && trained.pruned() >= 0.975, figures);
      // Ten images of 10,000.
      assertTrue(accuracy >= trained.pruned() - 0.001, figures);
      assertTrue(Files.size(packed) * 38 <= 4 * 266_610, figures);
    }
  }
}
