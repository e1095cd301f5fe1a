package org.espalier.examples.simulate;

import org.espalier.hw.cost.Machine;
import org.espalier.hw.machine.MachineOptions;

/** Finds machines. */
@FunctionalInterface
public interface MachineSource {

  /**
   * Returns a machine.
   *
   * @param name of a machine, or a YAML file that describes one
   * @throws org.espalier.sparse.InvalidInputException if there is none, or the file does not hold
   */
  Machine find(String name, MachineOptions options);
}
