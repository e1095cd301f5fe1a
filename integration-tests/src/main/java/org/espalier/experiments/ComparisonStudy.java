package org.espalier.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.data.ImageData;
import org.espalier.sparse.InvalidInputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One network on one data set, pruned by several methods to several sparsities with several seeds:
 * what all such studies share.
 */
abstract class ComparisonStudy implements Callable<Integer> {

  @Mixin private StudyOptions options;

  @Option(names = "--epochs", description = "of each training")
  private int epochs;

  @Option(names = "--sparsities", split = ",", description = "in (0, 1)")
  private List<Double> sparsities;

  @Option(
      names = "--methods",
      split = ",",
      description = "to train by now, as the table names them; default: all")
  private List<String> chosen = List.of();

  private final List<? extends Method> methods;
  private final IntFunction<Training> training;
  private final DataSource source;
  private final String stem;
  private final String title;

  /**
   * @param methods that it compares, in the order of the table
   * @param training how each network is trained in so many epochs
   * @param source what to train on and what to judge by
   * @param stem name of the table's and the plot's file
   * @param title of the plot
   * @param epochs unless the user says otherwise
   * @param sparsities unless the user says otherwise
   */
  ComparisonStudy(
      List<? extends Method> methods,
      IntFunction<Training> training,
      DataSource source,
      String stem,
      String title,
      int epochs,
      List<Double> sparsities) {
    this.methods = methods;
    this.training = training;
    this.source = source;
    this.stem = stem;
    this.title = title;
    this.epochs = epochs;
    this.sparsities = sparsities;
  }

  @Override
  public final Integer call() throws Exception {
    ImageData data = options.load(source);
    Path runs = options.folder("runs");
    for (long seed : options.seeds()) {
      StudyRun run = new StudyRun(data, training.apply(epochs), seed);
      for (Method method : chosen()) {
        for (double sparsity : method.dense() ? List.of(0.0) : sparsities) {
          run(run, runs, method, sparsity);
        }
      }
    }
    conclude(runs);
    return 0;
  }

  private List<? extends Method> chosen() {
    List<String> labels = methods.stream().map(Method::label).toList();
    for (String label : chosen) {
      if (!labels.contains(label)) {
        throw new InvalidInputException(
            "--methods", "one or more of " + labels, label, "name some of these");
      }
    }
    return methods.stream().filter(m -> chosen.isEmpty() || chosen.contains(m.label())).toList();
  }

  private void run(StudyRun run, Path runs, Method method, double sparsity) throws Exception {
    String label = method.label();
    Path file =
        runs.resolve(
            String.format(
                Locale.ROOT, "%d-epochs_%s_%.2f_%d", epochs, label, sparsity, run.seed()));
    if (Files.exists(file)) {
      return;
    }
    long start = System.nanoTime();
    StudyRun.Result result = run.run(method, sparsity);
    StudyTable.write(
        file,
        "%s %s %d %s %s %d %d%n"
            .formatted(
                method.name(),
                sparsity,
                run.seed(),
                result.accuracy(),
                result.best(),
                result.state().keptCount(),
                result.state().elements()));
    System.out.printf(
        Locale.ROOT,
        "%-26s sparsity %.2f  seed %d  error %.2f %% (best epoch %.2f %%)  kept %d of %d  %.0f s%n",
        label,
        sparsity,
        run.seed(),
        100 * (1 - result.accuracy()),
        100 * (1 - result.best()),
        result.state().keptCount(),
        result.state().elements(),
        (System.nanoTime() - start) / 1e9);
  }

  private void conclude(Path runs) throws IOException {
    StudyTable table = new StudyTable(methods);
    try (var files = Files.list(runs)) {
      for (Path file : files.sorted().toList()) {
        if (!file.getFileName().toString().startsWith(epochs + "-epochs_")) {
          continue;
        }
        String[] fields = Files.readString(file).trim().split(" ");
        table.add(fields[0], Double.parseDouble(fields[1]), Double.parseDouble(fields[3]));
      }
    }
    String text = table.markdown(sparsities);
    System.out.println(text);
    StudyTable.write(options.file(stem + ".md"), text);
    table.plot(options.file(stem + ".png"), title, sparsities);
  }
}
