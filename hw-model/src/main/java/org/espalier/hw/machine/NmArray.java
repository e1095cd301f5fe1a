package org.espalier.hw.machine;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.hw.arch.Energy45nm;
import org.espalier.hw.arch.NmArrayArchitecture;
import org.espalier.hw.cost.Balance;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.pattern.NofM;

/**
 * An array for N:M weights whose register file limits what sparser groups gain. Each M weights of a
 * row take N slots of a multiplier, zeros among them or not, and their M activations must come from
 * the register file: cycles = max(slots / macs, activations / words per cycle). An array made for
 * 2:4 therefore doubles its speed with 2:4, exactly, and gains no more with 2:6 and 2:8, as in the
 * case study of Y. N. Wu et al., "Sparseloop", MICRO 2022, section 7. Which of its patterns helps
 * is decided by the layer's pattern and weights; all else runs dense. Zeros of activations save
 * nothing.
 *
 * <p>Energy by component comes from tables of 45 nm ({@link Energy45nm}), so it is an assumption
 * about the process.
 */
public final class NmArray implements Machine {

  private static final int SUM_BITS = 32;
  private static final double BITS_PER_BYTE = 8;

  private final NmArrayArchitecture array;

  /** The model of an array. */
  public NmArray(NmArrayArchitecture array) {
    this.array = Objects.requireNonNull(array, "array");
  }

  @Override
  public String name() {
    return array.name();
  }

  @Override
  public String summary() {
    return "Array of %d multipliers with %.0f operands per cycle: weights of %s"
        .formatted(array.macs(), array.operandWordsPerCycle(), patternNames());
  }

  /**
   * What a layer asks of the array.
   *
   * @param slots products that multipliers make
   * @param selected activations that they choose from
   * @param metadataBits of one multiplier's weight
   */
  private record Work(double slots, double selected, int metadataBits) {}

  @Override
  public LayerCost cost(Layer layer) {
    Optional<NofM> pattern =
        array.patterns().stream()
            .filter(each -> rule(each).refusal(layer).isEmpty())
            .min(
                Comparator.<NofM>comparingDouble(each -> cycles(work(layer, each)))
                    .thenComparingDouble(each -> work(layer, each).slots()));
    double macs = layer.shape().denseMacs();
    Work dense = new Work(macs, macs, 0);
    Work work = pattern.map(each -> work(layer, each)).orElse(dense);
    double cycles = cycles(work);
    double slotCycles = work.slots() / array.macs();
    double useful = layer.weightMacs() * layer.activations().density();
    double utilization = Math.min(1, useful / (cycles * array.macs()));
    return new LayerCost(
        layer,
        RunTime.ofCycles(cycles, Math.min(cycles, slotCycles), array.clockMhz()),
        RunTime.ofCycles(cycles(dense), macs / array.macs(), array.clockMhz()),
        energyPj(layer, work),
        bytes(layer, work),
        new Balance(Math.min(1, slotCycles / cycles), 1, utilization),
        verdict(layer, pattern, cycles(dense) / cycles));
  }

  private static GroupRule rule(NofM pattern) {
    return new GroupRule(pattern.keep(), pattern.group());
  }

  private static Work work(Layer layer, NofM pattern) {
    double macs = layer.shape().denseMacs();
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(pattern.group() - 1);
    return new Work(macs * pattern.keep() / pattern.group(), macs, bits);
  }

  private double cycles(Work work) {
    double slots = Math.ceil(work.slots() / array.macs());
    return Math.max(slots, Math.ceil(work.selected() / array.operandWordsPerCycle()));
  }

  /** Returns bits of the weights in memory: values and places in their groups. */
  private static double weightBits(Layer layer, Work work) {
    double share = work.slots() / layer.shape().denseMacs();
    double weights = (double) layer.shape().weightRows() * layer.shape().weightColumns();
    return weights * share * (layer.type().bits() + work.metadataBits());
  }

  private static double dramBits(Layer layer, Work work) {
    double inputs = (double) layer.shape().activationRows() * layer.shape().activationColumns();
    return weightBits(layer, work) + (inputs + outputs(layer)) * layer.type().bits();
  }

  private static Breakdown energyPj(Layer layer, Work work) {
    int bits = layer.type().bits();
    double perBit = Energy45nm.BUFFER_PJ_PER_BIT;
    return Breakdown.NONE
        .plus("multiply-adds", work.slots() * Energy45nm.multiplyAddPj(layer.type()))
        .plus("weights", work.slots() * bits * perBit)
        .plus("metadata", work.slots() * work.metadataBits() * perBit)
        .plus("activations", work.selected() * bits * perBit)
        .plus("partial sums", outputs(layer) * 2 * SUM_BITS * perBit)
        .plus("dram", dramBits(layer, work) * Energy45nm.DRAM_PJ_PER_BIT);
  }

  private static double outputs(Layer layer) {
    return layer.shape().denseMacs() / layer.shape().gemm().k();
  }

  private static Breakdown bytes(Layer layer, Work work) {
    double operands = work.slots() * (layer.type().bits() + work.metadataBits());
    double registers = operands + work.selected() * layer.type().bits();
    return Breakdown.NONE
        .plus("register file", registers / BITS_PER_BYTE)
        .plus("dram", dramBits(layer, work) / BITS_PER_BYTE);
  }

  private Verdict verdict(Layer layer, Optional<NofM> pattern, double speedup) {
    if (pattern.isEmpty()) {
      return Verdict.noGain(
          layer.weights().isDense()
              ? "the weights have no zeros"
              : rule(array.patterns().get(0)).refusal(layer).orElseThrow()
                  + "; the array knows "
                  + patternNames()
                  + ", so it runs dense");
    }
    NofM used = pattern.get();
    double promised = (double) used.group() / used.keep();
    String times = String.format(Locale.ROOT, "%.2f times as fast as dense", speedup);
    String limit =
        String.format(
            Locale.ROOT,
            "of the %.2f of %s: the register file delivers %.1f activations per multiplier",
            promised,
            used.text(),
            array.operandWordsPerCycle() / array.macs());
    if (speedup < Verdict.LEAST_GAIN) {
      return Verdict.noGain(times + " " + limit);
    }
    boolean full = speedup > promised / Verdict.LEAST_GAIN;
    return Verdict.gain(
        full ? times + ", all that " + used.text() + " promises" : times + " " + limit);
  }

  private String patternNames() {
    return array.patterns().stream().map(NofM::text).collect(Collectors.joining(", "));
  }
}
