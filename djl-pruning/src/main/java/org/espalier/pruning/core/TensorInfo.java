package org.espalier.pruning.core;

import org.espalier.sparse.mask.Mask;

/**
 * A parameter as a recipe sees it before any weight is read.
 *
 * @param name path, unique in its network
 * @param shape extents; not copied
 * @param prunable whether it is pruned unless a recipe says otherwise
 * @param uses multiplications by each weight for one example, at least 1: the positions of a
 *     convolution's output, 1 in a linear layer. Known once the network's input shape is
 */
public record TensorInfo(String name, int[] shape, boolean prunable, long uses) {

  /** Refuses weights that are never used. */
  public TensorInfo {
    if (uses < 1) {
      throw new IllegalArgumentException(name + ": uses must be at least 1: " + uses);
    }
  }

  /** Names a parameter whose weights are used once per example. */
  public TensorInfo(String name, int[] shape, boolean prunable) {
    this(name, shape, prunable, 1);
  }

  /** Returns the number of weights. */
  public int elements() {
    return Mask.elements(shape);
  }

  /** Returns the multiply-accumulate operations of the dense tensor for one example. */
  public long macs() {
    return elements() * uses;
  }
}
