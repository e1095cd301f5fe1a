package org.espalier.examples.simulate;

import org.espalier.hw.arch.EieArchitecture;
import org.espalier.hw.arch.EseArchitecture;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.machine.Eie;
import org.espalier.hw.machine.Ese;
import org.espalier.hw.machine.MachineOptions;
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
    boolean elements = parameter == SweepRequest.Parameter.ELEMENTS;
    if (name.equals("eie")) {
      EieArchitecture eie = EieArchitecture.PUBLISHED;
      return new Eie(elements ? eie.withPes(value) : eie.withQueueDepth(value), options);
    }
    if (name.equals("ese")) {
      EseArchitecture ese = EseArchitecture.PUBLISHED;
      return new Ese(elements ? ese.withPes(value) : ese.withQueueDepth(value), options);
    }
    throw new InvalidInputException(
        "--sweep",
        "a parameter of the machine " + name,
        parameter.text(),
        "sweep the density, or take the machine eie or ese");
  }
}
