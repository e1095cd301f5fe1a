package org.espalier.pruning.report;

import java.util.List;
import java.util.Objects;

/**
 * What a hardware model says of the pruned network on a machine that is not here.
 *
 * @param machine name
 * @param summary one line: what it is
 * @param layers in network order, at least one
 */
public record MachineReport(String machine, String summary, List<LayerLine> layers) {

  /**
   * One layer on the machine.
   *
   * @param layer name of the weights
   * @param timeUs predicted with the zeros, microseconds, above 0
   * @param denseTimeUs predicted without zeros on the same machine, microseconds, above 0
   * @param energyUj predicted, microjoules, or null where the model has no energy
   * @param gain whether the zeros pay
   * @param verdict in words, with its reason
   */
  public record LayerLine(
      String layer,
      double timeUs,
      double denseTimeUs,
      Double energyUj,
      boolean gain,
      String verdict) {

    /** Checks that times are times. */
    public LayerLine {
      Checks.text("layer", layer);
      Checks.text("verdict", verdict);
      if (!(timeUs > 0) || !(denseTimeUs > 0)) {
        throw new IllegalArgumentException(
            "times of '%s' must be above 0: %s and %s us".formatted(layer, timeUs, denseTimeUs));
      }
    }

    /** Returns dense time / time. */
    public double speedup() {
      return denseTimeUs / timeUs;
    }
  }

  /** Checks that there are layers. */
  public MachineReport {
    Checks.text("machine", machine);
    Objects.requireNonNull(summary, "summary");
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("no layer ran on '" + machine + "'");
    }
  }

  /** Returns the time of all layers, one after the other, microseconds. */
  public double timeUs() {
    return layers.stream().mapToDouble(LayerLine::timeUs).sum();
  }

  /** Returns the time of all layers without zeros, microseconds. */
  public double denseTimeUs() {
    return layers.stream().mapToDouble(LayerLine::denseTimeUs).sum();
  }

  /** Returns dense time / time of all layers. */
  public double speedup() {
    return denseTimeUs() / timeUs();
  }

  /** Returns the energy of all layers, microjoules; null where one has none. */
  public Double energyUj() {
    double sum = 0;
    for (LayerLine layer : layers) {
      if (layer.energyUj() == null) {
        return null;
      }
      sum += layer.energyUj();
    }
    return sum;
  }

  /** Returns how many layers gain. */
  public long gains() {
    return layers.stream().filter(LayerLine::gain).count();
  }
}
