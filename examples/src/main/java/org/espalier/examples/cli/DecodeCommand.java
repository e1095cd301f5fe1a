package org.espalier.examples.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.examples.tensor.DecodeJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier decode}: what {@code espalier encode} made small, as a tensor file again. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Brings a file of 'espalier encode' back as float32 and uint8 tensors of the same names and"
            + " shapes: zeros where they were, other weights as the values that they share.")
final class DecodeCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Compressed file.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Tensor file, .npz or .safetensors; written whole or not at all.")
  private Path out;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the result for machines.")
  private Path json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Accepted as by every command; nothing here is random.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "At least 1; accepted as by every command, one thread does the work.")
  private int threads;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Vocabulary.requireThreads(threads);
    HeapGuard.run(
        file.toString(),
        new DecodeJob(file, out, Optional.ofNullable(json), spec.commandLine().getOut())::run);
    return 0;
  }
}
