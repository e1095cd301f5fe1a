package org.espalier.pruning.core;

import org.espalier.sparse.mask.Mask;

/**
 * A parameter as a recipe sees it before any weight is read.
 *
 * @param name path, unique in its network
 * @param shape extents; not copied
 * @param prunable whether it is pruned unless a recipe says otherwise
 */
public record TensorInfo(String name, int[] shape, boolean prunable) {

  /** Returns the number of weights. */
  public int elements() {
    return Mask.elements(shape);
  }
}
