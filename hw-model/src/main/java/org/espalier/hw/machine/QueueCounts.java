package org.espalier.hw.machine;

import org.espalier.hw.cost.Balance;
import org.espalier.hw.sim.QueueEstimate;
import org.espalier.hw.sim.QueueSetup;
import org.espalier.hw.sim.QueueSimulation;
import org.espalier.hw.sim.QueueTotals;
import org.espalier.hw.workload.Layer;

/** What EIE and ESE share: counts by either method, and what follows from them. */
final class QueueCounts {

  private QueueCounts() {}

  static QueueTotals of(Layer layer, QueueSetup setup, MachineOptions options) {
    if (options.method() == MachineOptions.Method.SIMULATE) {
      return QueueSimulation.run(layer, setup, options.seed());
    }
    boolean dense = layer.weights().isDense() && layer.activations().isDense();
    return dense ? QueueEstimate.dense(layer, setup) : QueueEstimate.run(layer, setup);
  }

  /**
   * Returns the balance.
   *
   * @param cycles of the layer, which may be more than those of the queue
   */
  static Balance balance(QueueTotals totals, double cycles, QueueSetup setup) {
    double available = cycles * setup.elements();
    return new Balance(
        Math.min(1, totals.entries() / available),
        totals.staticBalance(),
        Math.min(1, totals.nonZeros() / available));
  }
}
