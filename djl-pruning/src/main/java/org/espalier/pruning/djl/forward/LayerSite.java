package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.forward.Noise;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Where a forward rule is to work.
 *
 * @param info path and shape of the parameter
 * @param pattern of its group
 * @param values of the parameter at the begin; not copied
 * @param seed of the run
 * @param manager of the session, on the parameter's device
 */
record LayerSite(
    TensorInfo info, SparsityPattern pattern, float[] values, long seed, NDManager manager) {

  /** Returns the shape as the engine writes it. */
  Shape shape() {
    int[] extents = info.shape();
    long[] shape = new long[extents.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = extents[i];
    }
    return new Shape(shape);
  }

  /** Returns random numbers for the start of trained arrays. */
  Noise startNoise() {
    return new Noise(seed, info.name(), -1, 0);
  }
}
