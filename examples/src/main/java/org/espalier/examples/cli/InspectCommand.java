package org.espalier.examples.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.examples.tensor.InspectJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier inspect}: what the zeros of a tensor file are worth. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints shape, elements, non-zeros and sparsity of every tensor of a file, the bytes that it"
          + " takes per sparse format, and the patterns that its zeros satisfy.",
      "Rows of a matrix are axis 0, columns the rest. Values are as wide as in the file: 4 bytes"
          + " for float32, 1 for the uint8 of masks. Each index takes the smallest of 1, 2 and 4"
          + " bytes that holds the largest value it must take: columns - 1, rows - 1, or for"
          + " pointers the number of non-zeros.",
      "Formats: dense, coo, csr, csc, bitmask; bsr:RxC where blocks divide the matrix; 2:4 where no"
          + " 4 consecutive entries along axis 1 have more than 2 non-zeros.",
      "A pattern such as block, kernel or channel is satisfied if each of its units is wholly zero"
          + " or wholly non-zero; N:M if each M consecutive entries along axis 1 have at most N"
          + " non-zeros; balanced if every bank or element has the same number of them. A tensor"
          + " without zeros satisfies none. In total: what all tensors of two and more axes"
          + " satisfy."
    })
final class InspectCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Tensor file, .npz or .safetensors.")
  private Path file;

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
        new InspectJob(file, Optional.ofNullable(json), spec.commandLine().getOut())::run);
    return 0;
  }
}
