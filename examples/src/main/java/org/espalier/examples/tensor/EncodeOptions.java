package org.espalier.examples.tensor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.sparse.codec.Initialization;

/**
 * What a user asks of the compression of a tensor file.
 *
 * @param file to compress
 * @param out compressed file
 * @param json file for the figures
 * @param bits as {@code BitsText} reads them; empty = 8 for convolutions, 5 for fully connected
 * @param initialization where centroids start
 * @param seed of random centroids
 */
public record EncodeOptions(
    Path file,
    Path out,
    Optional<Path> json,
    List<String> bits,
    Initialization initialization,
    long seed) {

  /** Copies the list. */
  public EncodeOptions {
    bits = List.copyOf(bits);
  }
}
