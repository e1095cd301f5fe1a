package org.espalier.hw.machine;

import org.espalier.hw.cost.Machine;
import org.espalier.hw.sim.QueueTotals;
import org.espalier.hw.workload.Layer;

/** A machine whose elements share a broadcast, with the two sizes that one wants to vary. */
public interface BroadcastMachine extends Machine {

  /**
   * Returns this machine with another number of processing elements.
   *
   * @param elements at least 1
   */
  BroadcastMachine withElements(int elements);

  /**
   * Returns this machine with queues of another depth.
   *
   * @param depth at least 1
   */
  BroadcastMachine withQueueDepth(int depth);

  /** Returns what the elements do for a layer. */
  QueueTotals counts(Layer layer);
}
