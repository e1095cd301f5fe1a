package org.espalier.examples.simulate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.workload.Gemm;

/**
 * One layer on one machine. {@code null} where the machine has no such figure.
 *
 * @param accelerator name of the machine
 * @param layer name
 * @param setting of a sweep, such as {@code queue-depth=8}; null without a sweep
 * @param m rows of the weight, of one group
 * @param k columns of the weight
 * @param n columns of the activations
 * @param dtype what is multiplied
 * @param pattern of the zeros
 * @param weightDensity non-zeros / weights
 * @param activationDensity non-zeros / inputs
 * @param cycles of the machine's clock
 * @param timeUs time with zeros
 * @param theoreticalTimeUs time if all units always had work
 * @param denseTimeUs time of the same layer without zeros on the same machine
 * @param speedupVsDense dense time / time
 * @param energyUj energy
 * @param energyPartsUj energy by component; they sum to the energy
 * @param bytesMoved by level of memory
 * @param loadBalance theoretical time / time as far as waiting causes it
 * @param staticBalance mean work of a unit / most work of one
 * @param utilization useful products / products that there was time for
 * @param gain whether the zeros pay
 * @param verdict "gain", "no gain" or "does not fit", a colon, and the reason
 */
public record SimulationRow(
    String accelerator,
    String layer,
    @JsonInclude(JsonInclude.Include.NON_NULL) String setting,
    int m,
    int k,
    int n,
    String dtype,
    String pattern,
    double weightDensity,
    double activationDensity,
    Double cycles,
    double timeUs,
    double theoreticalTimeUs,
    double denseTimeUs,
    double speedupVsDense,
    Double energyUj,
    Map<String, Double> energyPartsUj,
    Map<String, Double> bytesMoved,
    double loadBalance,
    double staticBalance,
    double utilization,
    boolean gain,
    String verdict) {

  private static final double PJ_PER_UJ = 1e6;

  /** Returns the row of a cost. */
  static SimulationRow of(String accelerator, String setting, LayerCost cost) {
    Gemm gemm = cost.layer().shape().gemm();
    Map<String, Double> energy = new TreeMap<>();
    cost.energyPj().parts().forEach((part, pj) -> energy.put(part, pj / PJ_PER_UJ));
    return new SimulationRow(
        accelerator,
        cost.layer().name(),
        setting,
        gemm.m(),
        gemm.k(),
        gemm.n(),
        cost.layer().type().text(),
        cost.layer().pattern().text(),
        cost.layer().weights().density(),
        cost.layer().activations().density(),
        cost.time().cycles().isPresent() ? cost.time().cycles().getAsDouble() : null,
        cost.time().us(),
        cost.time().theoreticalUs(),
        cost.dense().us(),
        cost.speedup(),
        cost.energyPj().isEmpty() ? null : cost.energyPj().total() / PJ_PER_UJ,
        energy,
        cost.bytes().parts(),
        cost.balance().loadBalance(),
        cost.balance().staticBalance(),
        cost.balance().utilization(),
        cost.verdict().gain(),
        cost.verdict().toString());
  }
}
