package org.espalier.examples.simulate;

import org.espalier.hw.cost.Machine;
import org.espalier.hw.machine.BroadcastMachine;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.machine.Machines;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.InvalidInputException;

/** Makes the machines and layers of a sweep. */
final class SweepSettings {

  private SweepSettings() {}

  /** Returns a layer with uniform weights of another density. */
  static Layer withDensity(Layer layer, double density) {
    return layer.withWeights(
        Uniform.ofDensity(layer.shape().weightRows(), layer.shape().weightColumns(), density));
  }

  /**
   * Returns a machine with one parameter changed.
   *
   * @throws InvalidInputException if the machine has no such parameter
   */
  static Machine machine(
      String name, SweepRequest.Parameter parameter, int value, MachineOptions options) {
    BroadcastMachine machine =
        Machines.broadcast(name, options)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "--sweep",
                        "a parameter of the machine " + name,
                        parameter.text(),
                        "sweep the density, or take the machine eie or ese"));
    return parameter == SweepRequest.Parameter.ELEMENTS
        ? machine.withElements(value)
        : machine.withQueueDepth(value);
  }
}
