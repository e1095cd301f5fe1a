package org.espalier.pruning.structured.saved;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.espalier.pruning.structured.op.Op;

/**
 * A network without its parameters, as it is stored beside them.
 *
 * @param inputs shapes of what it reads, with the batch on axis 0
 * @param network what it computes
 */
public record Architecture(List<Shape> inputs, Op network) {

  /** Copies the list. */
  public Architecture {
    inputs = List.copyOf(inputs);
  }
}
