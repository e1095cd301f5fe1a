package org.espalier.examples.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.job.CheckpointOptions;
import org.espalier.examples.job.PruneJob;
import org.espalier.examples.job.PruneOptions;
import org.espalier.examples.job.RecipeChoice;
import org.espalier.pruning.core.FineTuneRate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier prune}: the main job. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains a network (or loads one), prunes and fine-tunes it by a recipe, evaluates and"
          + " measures it, and writes a report.",
      "Without arguments: LeNet-300-100 on generated digits, pruned to 90 %%."
    })
final class PruneCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "lenet-300-100",
      description = "lenet-300-100 or lenet-5. Default: ${DEFAULT-VALUE}.")
  private String model;

  @Option(
      names = "--sparsity",
      paramLabel = "S",
      description =
          "Fraction of zeros of the default recipe, in [0, 1). Default: 0.9. Not with --recipe.")
  private Double sparsity;

  @Option(
      names = "--remove-flops",
      paramLabel = "F",
      description =
          "Instead of single weights, remove whole channels until this fraction of the operations"
              + " is gone, in [0, 1), and save a smaller dense network. Not with --sparsity or"
              + " --recipe.")
  private Double removeFlops;

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description =
          "Recipe in YAML; with the key 'structured', of channels that go (docs/recipes.md). A"
              + " latency target means this processor, on one thread, calibrated first.")
  private Path recipe;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = "builtin",
      description =
          "builtin (generated digits), mnist, fashion-mnist or cifar10. Default: builtin.")
  private String data;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder with the data set's usual files, gzip or not. Default: DJL downloads them.")
  private Path dataDir;

  @Option(
      names = "--load",
      paramLabel = "DIR",
      description = "Folder 'dense' of an earlier run: load that network instead of training one.")
  private Path load;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Epochs of each phase, dense and sparse; steps of a recipe for channels share the latter."
              + " Default: by network.")
  private Integer epochs;

  @Option(
      names = "--fine-tune-rate",
      paramLabel = "R",
      description =
          "Peak learning rate of pruning and fine-tuning, as a fraction of that of the dense"
              + " training; fine-tuning after pruning usually takes 0.01 to 0.1. Default: 1, because"
              + " sparsity rises while it trains.")
  private Double fineTuneRate;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "espalier-out",
      description = "Folder for report.html, report.json, models and masks. Default: espalier-out.")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of everything random. Default: 42.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of libtorch. Default: one per processor.")
  private Integer threads;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description =
          "Keep checkpoints in the folder 'checkpoints' of --out, one every N batches. Default:"
              + " none; with --resume, 500.")
  private Integer checkpointEvery;

  @Option(
      names = "--resume",
      description =
          "Go on from the newest checkpoint in --out as if the run had never stopped, bit for bit."
              + " All other options must be as before.")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PruneOptions options =
        new PruneOptions(
            model,
            DataSource.named(data),
            Optional.ofNullable(dataDir),
            new RecipeChoice(
                Optional.ofNullable(sparsity),
                Optional.ofNullable(removeFlops),
                Optional.ofNullable(recipe)),
            Optional.ofNullable(load),
            Optional.ofNullable(epochs),
            Optional.ofNullable(fineTuneRate).map(FineTuneRate::new),
            out,
            seed,
            threads == null ? Runtime.getRuntime().availableProcessors() : threads,
            checkpoints(),
            commandLine());
    new PruneJob(options, spec.commandLine().getOut()).run();
    return 0;
  }

  private Optional<CheckpointOptions> checkpoints() {
    if (checkpointEvery == null && !resume) {
      return Optional.empty();
    }
    int every = checkpointEvery == null ? CheckpointOptions.DEFAULT_EVERY : checkpointEvery;
    return Optional.of(new CheckpointOptions(every, resume));
  }

  private String commandLine() {
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    return "espalier " + String.join(" ", arguments);
  }
}
