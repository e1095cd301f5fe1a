package org.espalier.sparse.codec;

import java.util.Objects;
import java.util.Optional;

/**
 * How small a tensor became.
 *
 * @param name of the tensor
 * @param elements values, zeros included
 * @param bytes after each stage
 * @param coding what was coded; nothing if the values are stored as they are
 */
public record TensorCompression(
    String name, long elements, StageBytes bytes, Optional<SharedCoding> coding) {

  /** Refuses null. */
  public TensorCompression {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(coding, "coding");
  }
}
