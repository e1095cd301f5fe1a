package org.espalier.hw.machine;

import org.espalier.hw.machine.MachineOptions.Method;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;

/** How a machine that can count and expect comes to the zeros of a layer. */
final class KnownZeros {

  private KnownZeros() {}

  /** Returns whether figures are expected from models: only if both operands have one. */
  static boolean isExpected(Layer layer, MachineOptions options) {
    return options.method() == Method.ANALYTIC
        && !(layer.weights() instanceof Actual)
        && !(layer.activations() instanceof Actual);
  }

  /** Returns the layer with a mask drawn wherever it has a model. */
  static Layer drawn(Layer layer, MachineOptions options) {
    return layer
        .withWeights(actual(layer.weights(), options.seed()))
        .withActivations(actual(layer.activations(), options.seed() + 1));
  }

  private static Occupancy actual(Occupancy operand, long seed) {
    return operand instanceof Actual
        ? operand
        : new Actual(operand.draw(seed), operand.rows(), operand.columns());
  }
}
