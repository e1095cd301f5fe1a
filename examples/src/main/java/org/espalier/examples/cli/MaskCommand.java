package org.espalier.examples.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.examples.tensor.MaskJob;
import org.espalier.examples.tensor.MaskOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier mask}: masks for a tensor file. */
@Command(
    name = "mask",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = Vocabulary.class,
    description = {
      "Decides which weights of a tensor file live, without training, and writes one uint8 tensor"
          + " per pruned tensor under the same name: 1 = kept, 0 = pruned. Tensor files are .npz"
          + " or .safetensors, chosen by ending.",
      "Counts are exact: floor((1 - S) n + 0.5) of n units live; ties keep the lowest index."
    })
final class MaskCommand implements Callable<Integer> {

  @Option(names = "--weights", paramLabel = "IN", required = true, description = "Weights.")
  private Path weights;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      required = true,
      description = "Masks; written whole or not at all.")
  private Path out;

  @Option(
      names = "--sparsity",
      paramLabel = "S",
      description =
          "Fraction of zeros in [0, 1). May be left out where the pattern leaves no choice: 2:4 is"
              + " 0.5; with the allocation threshold it is a limit.")
  private Double sparsity;

  @Option(
      names = "--pattern",
      paramLabel = "P",
      defaultValue = "unstructured",
      description = {
        "Where zeros may be. Default: ${DEFAULT-VALUE}.",
        "N:M keeps the N best of each M consecutive entries along the input axis (axis 1; other"
            + " tools count zeros). One of:"
      })
  private String pattern;

  @Option(
      names = "--criterion",
      paramLabel = "C",
      defaultValue = "magnitude",
      description = {
        "Which weights matter: NAME, NAME:key=value,key=value or {type: NAME, key: value}."
            + " Default: ${DEFAULT-VALUE}. One of:"
      })
  private String criterion;

  @Option(
      names = "--allocation",
      paramLabel = "A",
      defaultValue = "uniform",
      description = {
        "How the sparsity is spread over the tensors; written like a criterion. Default:"
            + " ${DEFAULT-VALUE}. One of:"
      })
  private String allocation;

  @Option(
      names = "--aggregate",
      paramLabel = "F",
      defaultValue = "sum",
      description = "How scores of weights become the score of a unit. Default: ${DEFAULT-VALUE}.")
  private String aggregate;

  @Option(
      names = "--gradients",
      paramLabel = "G",
      description = {
        "Gradients: the names and shapes of the weights.",
        "A criterion that watches training takes NAME.track from --statistics, or else what one"
            + " step with these gradients and learning rate 1 gives, from zero."
      })
  private Path gradients;

  @Option(
      names = "--statistics",
      paramLabel = "T",
      description = {
        "Statistics: tensors NAME.key with the keys below. Missing gradient_abs is taken from --gradients; missing previous_norm and next_norm from"
            + " the neighbors in IN, where its tensors follow each other like layers."
      })
  private Path statistics;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description =
          "Tensors to prune; may be repeated. * is any text, dots and slashes included. Default:"
              + " all float tensors with two and more axes.")
  private List<String> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Tensors to leave alone; may be repeated.")
  private List<String> exclude = List.of();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write the result for machines: tensors[] and total with shape, kept, sparsity.")
  private Path json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of everything random. Default: 42.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "At least 1. Masks are the same for every number; one thread decides them.")
  private int threads;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Vocabulary.requireThreads(threads);
    MaskOptions options =
        new MaskOptions(
            weights,
            out,
            Optional.ofNullable(gradients),
            Optional.ofNullable(statistics),
            Optional.ofNullable(json),
            pattern,
            aggregate,
            criterion,
            allocation,
            Optional.ofNullable(sparsity),
            include,
            exclude,
            seed);
    HeapGuard.run("--weights", new MaskJob(options, spec.commandLine().getOut())::run);
    return 0;
  }
}
