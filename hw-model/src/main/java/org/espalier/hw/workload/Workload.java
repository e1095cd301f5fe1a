package org.espalier.hw.workload;

import java.util.List;
import java.util.Objects;

/**
 * Layers that run one after the other.
 *
 * @param name for reports
 * @param layers at least one
 */
public record Workload(String name, List<Layer> layers) {

  /** Checks that there are layers. */
  public Workload {
    Objects.requireNonNull(name, "name");
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a workload has at least one layer");
    }
  }
}
