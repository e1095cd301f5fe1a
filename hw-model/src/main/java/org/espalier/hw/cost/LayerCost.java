package org.espalier.hw.cost;

import java.util.Objects;
import org.espalier.hw.workload.Layer;

/**
 * What a machine makes of one layer.
 *
 * @param layer what was asked
 * @param time of the layer with its zeros
 * @param dense time of the same layer without zeros on the same machine
 * @param energyPj energy by component; empty where the machine has no energy model
 * @param bytes moved by level of memory; empty where it is not modelled
 * @param balance how well the units share the work
 * @param verdict whether the zeros pay, and why or why not
 */
public record LayerCost(
    Layer layer,
    RunTime time,
    RunTime dense,
    Breakdown energyPj,
    Breakdown bytes,
    Balance balance,
    Verdict verdict) {

  /** Checks that all is there. */
  public LayerCost {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(dense, "dense");
    Objects.requireNonNull(energyPj, "energyPj");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(balance, "balance");
    Objects.requireNonNull(verdict, "verdict");
  }

  /** Returns dense time / time. */
  public double speedup() {
    return dense.us() / time.us();
  }
}
