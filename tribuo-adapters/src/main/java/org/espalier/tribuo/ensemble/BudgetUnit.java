package org.espalier.tribuo.ensemble;

import java.util.Arrays;
import java.util.List;
import org.espalier.tribuo.network.NetworkLayer;
import org.espalier.tribuo.network.SparseNetworkModel;
import org.espalier.tribuo.network.WeightCount;
import org.espalier.tribuo.network.WeightedLayer;

/**
 * What a budget counts, exactly. Biases and normalizations do not count, as in sparsities.
 *
 * <p>Constants have no bodies: OLCUT 5.3.1 cannot read the provenance of such an enum back.
 */
public enum BudgetUnit {
  /** Weights. */
  WEIGHTS,

  /**
   * Multiplications for one example: each weight of a dense layer takes part in one, each weight of
   * a convolution in one per position of its output; products with padding count.
   */
  MULTIPLICATIONS;

  /**
   * Returns what the network would take without a zero.
   *
   * @throws IllegalArgumentException if that is not known of its blocks
   */
  public long dense(SparseNetworkModel<?> model) {
    return count(model, true);
  }

  /**
   * Returns what the network takes.
   *
   * @throws IllegalArgumentException if that is not known of its blocks
   */
  public long kept(SparseNetworkModel<?> model) {
    return count(model, false);
  }

  private long count(SparseNetworkModel<?> model, boolean zerosToo) {
    return this == MULTIPLICATIONS
        ? multiplications(model, zerosToo)
        : model.weights().stream().mapToLong(weights -> entries(weights, zerosToo)).sum();
  }

  private static long multiplications(SparseNetworkModel<?> model, boolean zerosToo) {
    List<NetworkLayer> layers = model.layers();
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "the network has blocks whose multiplications are not known");
    }
    long sum = 0;
    int[] shape = model.inputLayout().shape();
    for (NetworkLayer layer : layers) {
      shape = layer.outputShape(shape);
      if (layer instanceof WeightedLayer weighted) {
        // Of (features) one, of (channels, height, width) height times width.
        long positions = Arrays.stream(shape).skip(1).asLongStream().reduce(1, (a, b) -> a * b);
        sum += entries(weighted.count(), zerosToo) * positions;
      }
    }
    return sum;
  }

  private static long entries(WeightCount weights, boolean zerosToo) {
    return weights.elements() - (zerosToo ? 0 : weights.zeros());
  }
}
