package org.espalier.experiments.hardware;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.espalier.examples.output.ChartFile;
import org.espalier.hw.validate.Comparison;
import org.espalier.hw.validate.Comparisons;
import org.espalier.sparse.io.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes {@code validation.md} and its plot: published figures beside predictions. */
@Command(
    name = "validation",
    description = "Every published figure beside our prediction, into validation.md.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ValidationStudy implements Callable<Integer> {

  private static final String PLOT = "validation.png";

  private static final String INTRODUCTION =
      """
      # Validation of the hardware models

      Written by `integration-tests/target/benchmarks validation --out docs`; do not edit. Every
      published figure that we have stands here, also where we are wrong. *held out*: nothing was
      fitted on the row. *fitted*: constants of the model were fitted on it. *another model's*: the
      figure is itself a prediction. Rows without a published figure are predictions that wait for
      one. What the models are, and where they end: [hardware.md](hardware.md).

      ![errors of all held-out rows](%s)

      """;

  @Option(names = "--out", required = true, description = "folder, made if it is missing")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(out);
    List<Comparison> comparisons = Comparisons.all();
    String text = text(comparisons);
    ChartFile.write(out.resolve(PLOT), ValidationPlot.of(comparisons));
    AtomicFile.write(
        out.resolve("validation.md"), to -> to.write(text.getBytes(StandardCharsets.UTF_8)));
    System.out.println(ValidationText.summary(comparisons));
    System.out.println(QueueAgreement.speed());
    return 0;
  }

  /** Returns the document. */
  static String text(List<Comparison> comparisons) {
    return INTRODUCTION.formatted(PLOT)
        + ValidationText.summary(comparisons)
        + "\n"
        + QueueAgreement.chapter()
        + comparisons.stream()
            .map(ValidationText::chapter)
            .collect(Collectors.joining())
            .stripTrailing()
        + "\n";
  }
}
