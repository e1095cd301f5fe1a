package org.espalier.examples.tensor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;

/** The open files that a mask is decided by. */
final class MaskInputs implements AutoCloseable {

  private final TensorFile weights;
  private final Optional<TensorFile> gradients;
  private final Optional<TensorFile> statistics;
  private final Map<String, TensorHeader> byName = new HashMap<>();

  private MaskInputs(
      TensorFile weights, Optional<TensorFile> gradients, Optional<TensorFile> statistics) {
    this.weights = weights;
    this.gradients = gradients;
    this.statistics = statistics;
    statistics.ifPresent(
        file -> file.headers().forEach(header -> byName.put(header.name(), header)));
  }

  /**
   * Opens the files that the options name.
   *
   * @throws InvalidInputException if one does not hold; none is left open
   */
  static MaskInputs open(MaskOptions options) {
    TensorFile weights = null;
    TensorFile gradients = null;
    TensorFile statistics = null;
    MaskInputs inputs = null;
    try {
      weights = TensorFiles.open(options.weights());
      gradients = options.gradients().map(TensorFiles::open).orElse(null);
      statistics = options.statistics().map(TensorFiles::open).orElse(null);
      inputs =
          new MaskInputs(weights, Optional.ofNullable(gradients), Optional.ofNullable(statistics));
      return inputs;
    } finally {
      if (inputs == null) {
        close(weights, gradients, statistics);
      }
    }
  }

  /** Returns the file of the weights. */
  TensorFile weights() {
    return weights;
  }

  /**
   * Returns the gradients of a weight, empty if no gradients were given.
   *
   * @throws InvalidInputException if they were given, but not for this weight
   */
  Optional<NamedValues> gradient(String name) {
    return gradients.map(
        file ->
            new NamedValues(
                file,
                file.find(name)
                    .orElseThrow(
                        () ->
                            new InvalidInputException(
                                "--gradients " + file.path(),
                                "a tensor '" + name + "'",
                                "none",
                                "add it, or exclude the weight"))));
  }

  /** Returns a tensor of the statistics, if there is one of this name. */
  Optional<NamedValues> statistic(String name) {
    return Optional.ofNullable(byName.get(name))
        .map(header -> new NamedValues(statistics.orElseThrow(), header));
  }

  @Override
  public void close() {
    close(weights, gradients.orElse(null), statistics.orElse(null));
  }

  private static void close(TensorFile... files) {
    for (TensorFile file : files) {
      if (file != null) {
        file.close();
      }
    }
  }
}
