package org.espalier.hw.cost;

import java.util.OptionalDouble;
import org.espalier.hw.workload.LayerWork;

/** Predicts what a layer costs, dense and sparse, without running it. */
public interface CostModel {

  /** Returns times, what bounds them, and a verdict. */
  Estimate estimate(LayerWork layer);

  /**
   * Returns the sparsity from which the layer, all else equal, is no slower sparse than dense; none
   * if it is slower even without a single weight.
   */
  default OptionalDouble breakEvenSparsity(LayerWork layer) {
    if (estimate(layer.withKept(0)).speedup() < 1) {
      return OptionalDouble.empty();
    }
    // Sparse time grows with the count: the largest count that is not slower.
    long low = 0;
    long high = layer.weights();
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (estimate(layer.withKept(middle)).speedup() >= 1) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return OptionalDouble.of(layer.withKept(low).sparsity());
  }
}
