package org.espalier.pruning.core.lifecycle;

import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Mask;

/** The masks that weights themselves show. */
final class NonZeros {

  private NonZeros() {}

  /** Returns the mask of a tensor's weights that are not 0 (neither +0 nor -0). */
  static Mask of(Decision decision, TensorInfo tensor) {
    return Mask.ofNonZeros(decision.weights(tensor).values(), tensor.shape());
  }
}
