package org.espalier.experiments;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.model.LearningRateShape;
import org.espalier.examples.model.TrainingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Pruning at initialization, compared: LeNet-300-100 on MNIST by several methods, sparsities and
 * seeds. Every training leaves a small file; those that exist are not repeated, so that a study can
 * be stopped, resumed, and shared by processes that take different seeds.
 */
@Command(
    name = "initialization",
    description = "Compares ways of pruning at initialization, LeNet-300-100 on MNIST.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class InitializationStudy implements Callable<Integer> {

  @Option(names = "--data-dir", required = true, description = "folder with MNIST's files")
  private Path dataDir;

  @Option(names = "--out", required = true, description = "folder for runs, table and plot")
  private Path out;

  @Option(names = "--epochs", description = "of each training")
  private int epochs = 12;

  @Option(names = "--seeds", split = ",", description = "to train now; all that exist are shown")
  private List<Long> seeds = List.of(1L, 2L, 3L);

  @Option(names = "--methods", split = ",", description = "one or more of ${COMPLETION-CANDIDATES}")
  private List<Method> methods = List.of(Method.values());

  @Option(names = "--sparsities", split = ",", description = "in (0, 1)")
  private List<Double> sparsities = List.of(0.9, 0.95, 0.98, 0.99);

  @Option(names = "--threads", description = "of libtorch")
  private int threads = 1;

  @Override
  public Integer call() throws Exception {
    ImageData data = DataSource.MNIST.load(dataDir);
    Engine.getInstance();
    JniUtils.setNumThreads(threads);
    Path runs = Files.createDirectories(out.resolve("runs"));
    for (long seed : seeds) {
      for (Method method : methods) {
        for (double sparsity : method == Method.DENSE ? List.of(0.0) : sparsities) {
          run(data, runs, method, sparsity, seed);
        }
      }
    }
    conclude(runs);
    return 0;
  }

  /** Batch 100, momentum 0.9 and weight decay 5e-4 are SNIP's; the rate is DJL's to bear. */
  private TrainingSettings settings() {
    return new TrainingSettings(100, epochs, 0.1f, 0.9f, 5e-4f, LearningRateShape.COSINE);
  }

  private void run(ImageData data, Path runs, Method method, double sparsity, long seed)
      throws Exception {
    Path file =
        runs.resolve(
            String.format(
                Locale.ROOT, "%d-epochs_%s_%.2f_%d", epochs, method.label(), sparsity, seed));
    if (Files.exists(file)) {
      return;
    }
    long start = System.nanoTime();
    StudyRun.Result result = new StudyRun(data, settings(), seed).run(method, sparsity);
    StudyTable.write(
        file,
        "%s %s %d %s %s %d %d%n"
            .formatted(
                method.name(),
                sparsity,
                seed,
                result.accuracy(),
                result.best(),
                result.kept(),
                result.elements()));
    System.out.printf(
        Locale.ROOT,
        "%-26s sparsity %.2f  seed %d  error %.2f %% (best epoch %.2f %%)  kept %d of %d  %.0f s%n",
        method.label(),
        sparsity,
        seed,
        100 * (1 - result.accuracy()),
        100 * (1 - result.best()),
        result.kept(),
        result.elements(),
        (System.nanoTime() - start) / 1e9);
  }

  private void conclude(Path runs) throws IOException {
    StudyTable table = new StudyTable();
    try (var files = Files.list(runs)) {
      for (Path file : files.sorted().toList()) {
        if (!file.getFileName().toString().startsWith(epochs + "-epochs_")) {
          continue;
        }
        String[] fields = Files.readString(file).trim().split(" ");
        table.add(
            Method.valueOf(fields[0]),
            Double.parseDouble(fields[1]),
            Double.parseDouble(fields[3]));
      }
    }
    String text = table.markdown(sparsities);
    System.out.println(text);
    StudyTable.write(out.resolve("initialization.md"), text);
    table.plot(out.resolve("initialization.png"), sparsities);
  }
}
