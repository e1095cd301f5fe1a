package org.espalier.hw.cpu;

import java.util.List;
import java.util.Map;
import org.espalier.hw.arch.CpuMachine;

/**
 * What dense products cost where no library was measured: operations on padded vectors at 85 % of
 * the multiply-adds that the processor can do from registers, as K. Goto, R. A. van de Geijn,
 * "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008, report 85 to 95 % of
 * packed products, plus both operands read and written once as they are packed; with one column,
 * the weights' bytes at the rate of the memory that holds them. 2 us for the call.
 *
 * @param machine measured
 */
record DenseEstimate(CpuMachine machine) {

  private static final double EFFICIENCY = 0.85;
  private static final double CALL_NS = 2000;

  Map<KernelFamily, List<Double>> unitNs() {
    double vectorNs = 2.0 * machine.lanes() / (EFFICIENCY * machine.peakGflopsPerCore());
    double near = 1 / machine.levels().get(1).loadGbPerSecond();
    double beyond = Math.max(0, 1 / machine.levels().get(2).loadGbPerSecond() - near);
    double first = Math.max(0, near - 1 / machine.firstLevelGbPerSecond());
    double valueNs = 2 * Float.BYTES * near;
    double farNs = 2 * Float.BYTES * beyond;
    double stepNs = machine.lanes() * Float.BYTES / machine.firstLevelGbPerSecond();
    return Map.of(
        KernelFamily.DENSE,
        List.of(CALL_NS, vectorNs, valueNs, valueNs, 0.0, farNs, farNs, farNs, 0.0, 0.0),
        KernelFamily.DENSE_VECTOR,
        List.of(CALL_NS, 0.0, stepNs, 0.0, first, beyond));
  }
}
