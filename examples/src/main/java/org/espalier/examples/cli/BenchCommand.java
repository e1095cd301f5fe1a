package org.espalier.examples.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.examples.bench.BenchJob;
import org.espalier.examples.bench.BenchOptions;
import org.espalier.examples.bench.BenchShape;
import org.espalier.examples.bench.Effort;
import org.espalier.examples.bench.LayoutText;
import org.espalier.sparse.pattern.SparsityPattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier bench}: kernels against dense libtorch. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = Vocabulary.class,
    description = {
      "Times products of pruned matrices, Y[M x N] = W[M x K] X[K x N] in float32, against"
          + " libtorch's dense product: both take turns in one run, medians are compared. Every"
          + " product is checked against libtorch's before it is timed.",
      "Weights are random, their number exact. Packing of X counts, packing of W does not, as it is"
          + " done once. GFLOP/s count 2 operations per kept weight and column; their peak is"
          + " measured in the same run.",
      "Geometric means stand at the end: over all shapes with N >= 49, and over each smaller N"
          + " apart. The full default takes several minutes; nothing else should run meanwhile."
    })
final class BenchCommand implements Callable<Integer> {

  @Option(
      names = "--shapes",
      paramLabel = "M,K,N;...",
      defaultValue = BenchShape.DEFAULTS,
      description = "Shapes; quote them. Default: ${DEFAULT-VALUE}.")
  private String shapes;

  @Option(
      names = "--pattern",
      paramLabel = "P",
      description = {
        "Where zeros may be; may be repeated. Default: unstructured, then block:4x1.",
        "N:M keeps the N best of each M consecutive entries along the input axis (axis 1; other"
            + " tools count zeros). One of:"
      })
  private List<String> patterns = List.of("unstructured", "block:4x1");

  @Option(
      names = "--sparsity",
      paramLabel = "S",
      split = ",",
      description =
          "Fractions of zeros in [0, 1), with commas between; 0 = a dense matrix. Not for patterns"
              + " that leave no choice: 2:4 is 0.5. Default: 0.5,0.7,0.8,0.9,0.95,0.98.")
  private List<Double> sparsities = List.of(0.5, 0.7, 0.8, 0.9, 0.95, 0.98);

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Threads of both sides. With more than one, both are also timed on one. Default: 1.")
  private int threads;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "13",
      description = "Turns of each side, 4 timed calls each. Default: 13.")
  private int rounds;

  @Option(
      names = "--kernel",
      paramLabel = "LABEL",
      description =
          "Layout of the packed weights, as the column kernel names it, for example"
              + " groups2-v4-k128. Default: what the library chooses.")
  private String kernel;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures for machines: rows[] and geometric_means[].")
  private Path json;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw the geometric means, .png or .svg.")
  private Path plot;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of weights and inputs. Default: 42.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    BenchOptions options =
        new BenchOptions(
            BenchShape.parseAll(shapes),
            patterns.stream().map(SparsityPattern::parse).toList(),
            sparsities,
            Optional.ofNullable(kernel).map(LayoutText::parse),
            threads,
            seed,
            Effort.DEFAULT.withRounds(rounds),
            Optional.ofNullable(json),
            Optional.ofNullable(plot));
    HeapGuard.run("--shapes", new BenchJob(options, spec.commandLine().getOut())::run);
    return 0;
  }
}
