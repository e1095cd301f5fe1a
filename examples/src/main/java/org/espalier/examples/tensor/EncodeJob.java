package org.espalier.examples.tensor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.espalier.examples.output.JsonOutput;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.codec.Clustering;
import org.espalier.sparse.codec.Codec;
import org.espalier.sparse.codec.CodecSettings;
import org.espalier.sparse.codec.CompressionReport;
import org.espalier.sparse.codec.NamedBits;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;

/** Makes a tensor file of pruned weights small, one tensor at a time. */
public final class EncodeJob {

  private final EncodeOptions options;
  private final PrintWriter out;

  /**
   * @param options what to do
   * @param out where the table is printed
   */
  public EncodeJob(EncodeOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Writes the compressed file.
   *
   * @throws org.espalier.sparse.EspalierException if the input does not hold or an output cannot be
   *     written: no output was touched
   */
  public void run() {
    CodecSettings settings = settings();
    requireSeparate();
    EncodeResult result = JsonOutput.write(options.json(), () -> encode(settings));
    out.print(result.table());
    out.printf(
        Locale.ROOT,
        "compressed: %s (%.1f s, %.1f MB/s)%n",
        options.out(),
        result.seconds(),
        result.denseMegabytesPerSecond());
    out.flush();
  }

  private CodecSettings settings() {
    Clustering defaults = Clustering.defaults();
    return BitsText.read(
        options.bits(),
        CodecSettings.defaults()
            .withClustering(
                new Clustering(
                    options.initialization(), options.seed(), defaults.maxIterations())));
  }

  private EncodeResult encode(CodecSettings settings) {
    long start = System.nanoTime();
    List<TensorHeader> headers = headers(settings);
    CompressionReport report = Codec.encode(options.file(), options.out(), settings);
    double seconds = (System.nanoTime() - start) / 1e9;
    return EncodeResult.of(options, headers, report, seconds);
  }

  /** Returns what is in the file; a glob that chooses nothing there is a mistake. */
  private List<TensorHeader> headers(CodecSettings settings) {
    try (TensorFile file = TensorFiles.open(options.file())) {
      for (NamedBits named : settings.named()) {
        List<TensorHeader> found = TensorSelection.matching(file, "--bits", named.names());
        if (found.stream().noneMatch(tensor -> tensor.type().isFloat())) {
          throw new InvalidInputException(
              "--bits",
              "a glob that matches a float tensor",
              "'" + named.names() + "', which matches " + found.get(0),
              "correct or remove it");
        }
      }
      return file.headers();
    }
  }

  private void requireSeparate() {
    SeparateFiles.require("--out", options.out(), "FILE", options.file());
    options
        .json()
        .ifPresent(
            (Path json) -> {
              SeparateFiles.require("--json", json, "FILE", options.file());
              SeparateFiles.require("--json", json, "--out", options.out());
            });
  }
}
