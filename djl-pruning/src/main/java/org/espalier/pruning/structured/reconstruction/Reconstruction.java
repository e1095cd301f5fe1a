package org.espalier.pruning.structured.reconstruction;

import org.espalier.pruning.structured.StructuredNetwork;

/** A way to make a network smaller in which what stays makes up for what goes. */
public interface Reconstruction {

  /**
   * Builds a smaller network.
   *
   * @param network not changed
   * @throws org.espalier.sparse.InvalidInputException if a layer that would have to change is not
   *     understood
   */
  Reconstructed apply(StructuredNetwork network);
}
