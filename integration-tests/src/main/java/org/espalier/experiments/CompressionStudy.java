package org.espalier.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.data.ImageData;
import org.espalier.experiments.CompressionRun.Accuracies;
import org.espalier.sparse.codec.Clustering;
import org.espalier.sparse.codec.Codec;
import org.espalier.sparse.codec.CodecSettings;
import org.espalier.sparse.codec.CompressionReport;
import org.espalier.sparse.codec.Initialization;
import org.espalier.sparse.io.TensorFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Deep Compression on MNIST: LeNet-300-100 and LeNet-5 are trained, pruned to the paper's
 * densities, encoded with 8 bits for convolutions and 5 for fully connected layers, decoded, and
 * the decoded network is judged by the test set. Pruned networks stay as files; those that exist
 * are not trained again, so that a study can be stopped, resumed, and shared by processes that take
 * different seeds.
 */
@Command(
    name = "compression",
    description = "Compresses LeNet-300-100 and LeNet-5 trained on MNIST as Deep Compression does.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class CompressionStudy implements Callable<Integer> {

  @Mixin private StudyOptions options;

  @Option(
      names = "--networks",
      split = ",",
      description = "one or more of ${COMPLETION-CANDIDATES}")
  private List<PaperNetwork> networks = List.of(PaperNetwork.values());

  @Override
  public Integer call() throws Exception {
    ImageData data = options.load(DataSource.MNIST);
    Path folder = options.folder("networks");
    CompressionTable table = new CompressionTable();
    for (PaperNetwork network : networks) {
      for (long seed : options.seeds()) {
        CompressionRun run = new CompressionRun(data, network, seed);
        Path pruned = folder.resolve("%s_%d.safetensors".formatted(network.label(), seed));
        Accuracies trained = trained(run, pruned);
        for (Initialization initialization : Initialization.values()) {
          table.add(network, initialization, outcome(run, trained, pruned, initialization));
        }
      }
    }
    String text = table.markdown();
    System.out.println(text);
    StudyTable.write(options.file("compression.md"), text);
    return 0;
  }

  /** Trains unless that was done before: the note beside the network is written last. */
  private static Accuracies trained(CompressionRun run, Path pruned) throws Exception {
    Path note = pruned.resolveSibling(pruned.getFileName() + ".txt");
    if (!Files.exists(note)) {
      long start = System.nanoTime();
      PaperNetwork network = run.network();
      Accuracies trained = run.train(network.denseSettings(), network.sparseSettings(), pruned);
      StudyTable.write(note, "%s %s%n".formatted(trained.dense(), trained.pruned()));
      System.out.printf(
          Locale.ROOT,
          "%-13s  seed %d  error %.2f %% dense, %.2f %% pruned  %.0f s%n",
          network.label(),
          run.seed(),
          100 * (1 - trained.dense()),
          100 * (1 - trained.pruned()),
          (System.nanoTime() - start) / 1e9);
    }
    return read(note);
  }

  private static Accuracies read(Path note) throws IOException {
    String[] fields = Files.readString(note).trim().split(" ");
    return new Accuracies(Double.parseDouble(fields[0]), Double.parseDouble(fields[1]));
  }

  private static CompressionTable.Outcome outcome(
      CompressionRun run, Accuracies trained, Path pruned, Initialization initialization)
      throws Exception {
    Clustering clustering = new Clustering(initialization, run.seed(), 300);
    String ending = "_%s.edc".formatted(initialization.name().toLowerCase(Locale.ROOT));
    Path packed = pruned.resolveSibling(pruned.getFileName() + ending);
    CompressionReport report =
        Codec.encode(pruned, packed, CodecSettings.defaults().withClustering(clustering));
    try (TensorFile decoded = Codec.open(packed)) {
      return new CompressionTable.Outcome(trained, run.accuracy(decoded), report);
    }
  }
}
