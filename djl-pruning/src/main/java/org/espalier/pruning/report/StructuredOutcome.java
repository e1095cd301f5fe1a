package org.espalier.pruning.report;

import java.util.List;
import java.util.Objects;

/**
 * What the removal of channels achieved.
 *
 * @param denseAccuracy accuracy before pruning, in [0, 1]
 * @param prunedAccuracy accuracy of the smaller network on the same data, in [0, 1]
 * @param parameters entries of all parameters
 * @param flops operations of one example
 * @param layers all layers with weights, in network order, at least one
 * @param measured both networks against each other
 */
public record StructuredOutcome(
    double denseAccuracy,
    double prunedAccuracy,
    Reduction parameters,
    Reduction flops,
    List<CutLayer> layers,
    TotalTiming measured) {

  /** Checks ranges. */
  public StructuredOutcome {
    Checks.fraction("denseAccuracy", denseAccuracy);
    Checks.fraction("prunedAccuracy", prunedAccuracy);
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(flops, "flops");
    layers = List.copyOf(layers);
    Checks.atLeast("the number of layers", 1, layers.size());
    Objects.requireNonNull(measured, "measured");
  }

  /** Returns pruned minus dense accuracy, in [-1, 1]: below 0, pruning cost accuracy. */
  public double accuracyDifference() {
    return prunedAccuracy - denseAccuracy;
  }
}
