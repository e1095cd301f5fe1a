package org.espalier.examples.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.examples.tensor.EncodeJob;
import org.espalier.examples.tensor.EncodeOptions;
import org.espalier.sparse.codec.Initialization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier encode}: a tensor file of pruned weights, made small. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compresses a tensor file of pruned weights as Deep Compression does (Han, Mao, Dally, ICLR"
          + " 2016): weights share few values, found by k-means (Q); positions are stored as"
          + " distances; both are Huffman coded (H). Prints the size after each stage as in the"
          + " paper's tables; the last is what stands in the file, all of it counted.",
      "Zeros stay zeros. Biases and other tensors of one axis stay as they are unless --bits names"
          + " them, and so does what sharing would not make smaller. Sharing loses precision:"
          + " measure the accuracy of what 'espalier decode' brings back."
    })
final class EncodeCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Tensor file, .npz or .safetensors.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Compressed file, any name; written whole or not at all.")
  private Path out;

  @Option(
      names = "--bits",
      paramLabel = "BITS",
      description = {
        "Bits of a weight before Huffman coding: N bits are at most 2^N shared values, N from 1 to"
            + " 12. A list with commas, may be repeated. Default: conv=8,fc=5.",
        "  N: all tensors of two and more axes",
        "  conv=N, fc=N: those of three and more axes, those of two",
        "  GLOB=N: tensors by name, whatever their axes; of several globs the first counts. * is"
            + " any text, dots and slashes included",
        "N/I also says the bits of a position, I from 1 to 12; else 8 for conv, 5 for others."
      })
  private List<String> bits = List.of();

  @Option(
      names = "--initialization",
      paramLabel = "I",
      defaultValue = "linear",
      description =
          "Where the shared values start: linear (equal steps between the extremes), density (equal"
              + " shares of the weights) or random. Default: ${DEFAULT-VALUE}.")
  private Initialization initialization;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the result for machines.")
  private Path json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of random centroids. Default: 42.")
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
    EncodeOptions options =
        new EncodeOptions(file, out, Optional.ofNullable(json), bits, initialization, seed);
    HeapGuard.run(file.toString(), new EncodeJob(options, spec.commandLine().getOut())::run);
    return 0;
  }
}
