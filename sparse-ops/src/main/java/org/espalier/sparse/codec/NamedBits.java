package org.espalier.sparse.codec;

import java.util.Objects;
import org.espalier.sparse.io.NameGlob;

/**
 * Bits for tensors of certain names, whatever their rank: biases and others of rank 0 or 1 are
 * shared only this way.
 *
 * @param names which tensors
 * @param bits of their weights and positions
 */
public record NamedBits(NameGlob names, CodeBits bits) {

  /** Refuses null. */
  public NamedBits {
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(bits, "bits");
  }
}
