package org.espalier.experiments.structured;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.data.ImageData;
import org.espalier.experiments.StudyOptions;
import org.espalier.sparse.io.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a network like VGG loses on Fashion-MNIST when half of its operations go. */
@Command(
    name = "fashion",
    description = "Removes channels of a VGG-like network on Fashion-MNIST and fine-tunes it.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class FashionStudy implements Callable<Integer> {

  @Mixin private StudyOptions options;

  @Option(names = "--width", description = "filters of the first convolutions")
  private int width = 16;

  @Option(names = "--epochs", description = "of the dense network")
  private int epochs = 8;

  @Option(names = "--tuning-epochs", description = "of all that are trained further")
  private int tuningEpochs = 4;

  @Override
  public Integer call() throws IOException {
    ImageData data = options.load(DataSource.FASHION_MNIST);
    FashionPlan plan = FashionPlan.of(width, epochs, tuningEpochs);
    Path runs = options.folder(plan.folder());
    for (long seed : options.seeds()) {
      run(data, plan, seed, runs);
    }
    conclude(runs);
    return 0;
  }

  private static void run(ImageData data, FashionPlan plan, long seed, Path runs)
      throws IOException {
    long start = System.nanoTime();
    try (FashionRun run = new FashionRun(data, plan, seed, runs.resolve(seed + ".params"))) {
      for (FashionVariant variant : FashionVariant.all()) {
        Path file = runs.resolve(variant.name() + "_" + seed + ".txt");
        if (!Files.exists(file)) {
          String line = run.of(variant).line();
          write(file, line);
          double seconds = (System.nanoTime() - start) / 1e9;
          System.out.printf(Locale.ROOT, "%.0f s: %s", seconds, line);
        }
      }
    }
  }

  private void conclude(Path runs) throws IOException {
    List<FashionResult> results = new ArrayList<>();
    try (var files = Files.newDirectoryStream(runs, "*.txt")) {
      for (Path file : files) {
        results.add(FashionResult.parse(Files.readString(file)));
      }
    }
    FashionTable table = new FashionTable(results);
    String text = table.markdown(FashionVariant.all());
    System.out.print(text);
    write(options.file("fashion.md"), text);
    FashionPlot.write(options.file("structured-fashion.png"), table, FashionVariant.all());
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
