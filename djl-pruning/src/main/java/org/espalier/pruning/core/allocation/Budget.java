package org.espalier.pruning.core.allocation;

import java.util.Locale;
import org.espalier.pruning.core.TensorInfo;

/**
 * What a group's sparsity is a sparsity of. The same sparsity means very different numbers of
 * operations: a weight of a convolution is used at every position of its output.
 *
 * <p>Source: U. Evci et al., "Rigging the Lottery", ICML 2020, appendix H, which counts both.
 */
public enum Budget {
  /** Weights. */
  PARAMS,
  /** Multiply-accumulate operations for one example, {@link TensorInfo#macs}. */
  FLOPS;

  /** Returns the text form. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what a dense tensor costs. */
  long cost(TensorInfo tensor) {
    return this == PARAMS ? tensor.elements() : tensor.macs();
  }

  /** Returns what a unit of a tensor costs. */
  long unitCost(UnitScores units) {
    return this == PARAMS ? units.unitSize() : units.unitSize() * units.tensor().uses();
  }
}
