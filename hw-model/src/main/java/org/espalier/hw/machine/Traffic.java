package org.espalier.hw.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.hw.arch.AcceleratorSpec;
import org.espalier.hw.arch.FormatBits;
import org.espalier.hw.arch.StorageLevel;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.sim.ArraySteps;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;

/**
 * Bytes that a layer moves through the memories of an accelerator.
 *
 * <ul>
 *   <li>Operands take what their format needs, or what they take dense if that is less: a machine
 *       need not compress what has no zeros.
 *   <li>The innermost memory gives each weight once, and a row of activations, zeros compressed or
 *       not, as often as a unit takes in a lot of weights for it, on average over the rows; it
 *       takes each output once.
 *   <li>An outer memory moves everything once if the memory inside it holds both operands. Else one
 *       operand comes in parts that fill half of the inner memory, and the other one is read once
 *       for each part: the cheaper of the two ways. This is the usual blocking of loops, without a
 *       search.
 * </ul>
 *
 * @param bytes of each memory, by its name
 * @param weightBytes stored
 * @param activationBytes stored, inputs only
 * @param outputBytes stored, dense
 */
record Traffic(Breakdown bytes, double weightBytes, double activationBytes, double outputBytes) {

  static Traffic of(Layer layer, ArraySteps steps, AcceleratorSpec spec) {
    int valueBits = layer.type().bits();
    double weights = bytes(layer.weights(), spec.weights(), valueBits);
    double activations = bytes(layer.activations(), spec.activations(), valueBits);
    double outputs = (double) layer.shape().weightRows() * layer.shape().gemm().n() * valueBits / 8;
    Map<String, Double> parts = new LinkedHashMap<>();
    double inner = 0;
    for (StorageLevel level : spec.levels()) {
      double moved;
      if (parts.isEmpty()) {
        moved = weights + activations * steps.lots() / layer.shape().activationRows();
      } else {
        moved = blocked(weights, activations, inner);
      }
      parts.put(level.memory().name(), moved + outputs);
      inner = level.memory().bytes();
    }
    return new Traffic(new Breakdown(parts), weights, activations, outputs);
  }

  private static double bytes(Occupancy operand, FormatBits format, int valueBits) {
    double nonZeros = operand.nonZeros();
    double dense = FormatBits.DENSE.bits(operand.rows(), operand.columns(), nonZeros, valueBits);
    double stored = format.bits(operand.rows(), operand.columns(), nonZeros, valueBits);
    return Math.min(dense, stored) / 8;
  }

  private static double blocked(double weights, double activations, double inner) {
    if (weights + activations <= inner) {
      return weights + activations;
    }
    double part = inner / 2;
    return Math.min(
        weights + activations * Math.max(1, Math.ceil(weights / part)),
        activations + weights * Math.max(1, Math.ceil(activations / part)));
  }

  /** Returns what must be somewhere. */
  double stored() {
    return weightBytes + activationBytes + outputBytes;
  }

  /** Returns how long a memory takes. */
  double us(StorageLevel level) {
    double moved = bytes.parts().get(level.memory().name());
    return moved / (level.memory().loadGbPerSecond() * 1000);
  }
}
