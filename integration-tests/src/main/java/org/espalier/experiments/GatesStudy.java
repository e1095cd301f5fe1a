package org.espalier.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.model.LearningRateShape;
import org.espalier.examples.model.TrainingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * L0 regularization and sparse variational dropout, LeNet-300-100 on MNIST: Adam, from 1e-3
 * straight down to 0, batches of 100, as both papers' code does it (from memory).
 */
@Command(
    name = "gates",
    description = "L0 gates and sparse variational dropout, LeNet-300-100 on MNIST.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class GatesStudy implements Callable<Integer> {

  @Mixin private StudyOptions options;

  @Option(names = "--epochs", description = "of each training")
  private int epochs = 100;

  @Option(names = "--methods", split = ",", description = "one or more of ${COMPLETION-CANDIDATES}")
  private List<GateMethod> methods = List.of(GateMethod.values());

  @Override
  public Integer call() throws Exception {
    ImageData data = options.load(DataSource.MNIST);
    TrainingSettings settings =
        new TrainingSettings(100, epochs, 1e-3f, 0, 0, LearningRateShape.LINEAR);
    Training training = Training.of("lenet-300-100", settings).withAdam(settings);
    Path runs = options.folder("runs");
    for (long seed : options.seeds()) {
      for (GateMethod method : methods) {
        Path file = runs.resolve("%s%s_%d".formatted(prefix(), method.label(), seed));
        if (!Files.exists(file)) {
          long start = System.nanoTime();
          GateOutcome outcome =
              GateOutcome.of(method, seed, new StudyRun(data, training, seed).run(method, 0));
          outcome.write(file);
          System.out.printf(
              Locale.ROOT, "%s %.0f s%n", row(outcome), (System.nanoTime() - start) / 1e9);
        }
      }
    }
    String text = table(runs);
    System.out.println(text);
    StudyTable.write(options.file("gates.md"), text);
    return 0;
  }

  private String prefix() {
    return "gates_%d-epochs_".formatted(epochs);
  }

  private String table(Path runs) throws IOException {
    List<GateOutcome> outcomes = new ArrayList<>();
    try (var files = Files.list(runs)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().startsWith(prefix())) {
          outcomes.add(GateOutcome.read(file));
        }
      }
    }
    return "| method | seed | error % | weights kept | times fewer | inputs that live"
        + " | kept by layer % |\n|---|---|---|---|---|---|---|\n"
        + outcomes.stream().map(GatesStudy::row).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(GateOutcome outcome) {
    String layers =
        outcome.layers().stream()
            .map(l -> String.format(Locale.ROOT, "%.2f", 100.0 * l.kept() / l.elements()))
            .collect(Collectors.joining(" / "));
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.2f | %,d | %.1f | %s | %s |",
        outcome.method(),
        outcome.seed(),
        100 * (1 - outcome.accuracy()),
        outcome.kept(),
        outcome.timesFewer(),
        outcome.architecture(),
        layers);
  }
}
