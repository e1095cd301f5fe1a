package org.espalier.pruning.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the run achieved.
 *
 * @param denseAccuracy accuracy before pruning, in [0, 1]
 * @param sparseAccuracy accuracy of the pruned network on the same data, in [0, 1]
 * @param layers every prunable weight, in network order, no name twice, at least one
 * @param measured the measured speed-up of the whole, or null where nothing was measured
 */
public record Outcome(
    double denseAccuracy, double sparseAccuracy, List<LayerReport> layers, TotalTiming measured) {

  /** Checks ranges and names. */
  public Outcome {
    Checks.fraction("denseAccuracy", denseAccuracy);
    Checks.fraction("sparseAccuracy", sparseAccuracy);
    layers = List.copyOf(layers);
    Checks.atLeast("the number of layers", 1, layers.size());
    Set<String> names = new HashSet<>();
    for (LayerReport layer : layers) {
      if (!names.add(layer.name())) {
        throw new IllegalArgumentException("two layers are named '" + layer.name() + "'");
      }
    }
  }

  /** Returns the weights of all layers, zero or not. */
  public long elements() {
    return layers.stream().mapToLong(LayerReport::elements).sum();
  }

  /** Returns the weights of all layers that are not zero. */
  public long nonzeros() {
    return layers.stream().mapToLong(LayerReport::nonzeros).sum();
  }

  /** Returns zeros / elements over all layers, in [0, 1]. */
  public double sparsity() {
    long elements = elements();
    return (double) (elements - nonzeros()) / elements;
  }

  /** Returns the size of all layers with every weight stored. */
  public long denseBytes() {
    return layers.stream().mapToLong(LayerReport::denseBytes).sum();
  }

  /** Returns the size of all layers in compressed sparse rows. */
  public long csrBytes() {
    return layers.stream().mapToLong(LayerReport::csrBytes).sum();
  }

  /** Returns sparse minus dense accuracy, in [-1, 1]: below 0, pruning cost accuracy. */
  public double accuracyDifference() {
    return sparseAccuracy - denseAccuracy;
  }
}
