package org.espalier.examples.simulate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.sparse.InvalidInputException;

/**
 * What a user asks of a simulation.
 *
 * @param accelerators names or YAML files, at least one
 * @param source where the layers come from
 * @param machine how predictions are made
 * @param sweep what is varied, if anything
 * @param json file for the figures
 * @param plot file for the plot, .png or .svg
 */
public record SimulateOptions(
    List<String> accelerators,
    LayerSource source,
    MachineOptions machine,
    Optional<SweepRequest> sweep,
    Optional<Path> json,
    Optional<Path> plot) {

  /** Takes each accelerator once. */
  public SimulateOptions {
    accelerators = accelerators.stream().distinct().toList();
    if (accelerators.isEmpty()) {
      throw new InvalidInputException(
          "--accelerator",
          "at least one machine",
          "none",
          "name one; espalier simulate --list says which there are");
    }
  }
}
