package org.espalier.hw.machine;

import java.util.Locale;
import java.util.Objects;
import org.espalier.hw.arch.DualSideArchitecture;
import org.espalier.hw.arch.Energy45nm;
import org.espalier.hw.cost.Balance;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.sim.OuterProducts;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;

/**
 * The dual-side sparse tensor core: outer products of condensed slices, zeros of weights and of
 * activations skipped, whatever their pattern (Y. Wang et al., "Dual-side Sparse Tensor Core", ISCA
 * 2021). Cycles = max(instructions / instructions per cycle, words / words per cycle): the count is
 * that of {@link OuterProducts}, with no constant fitted; the words are both operands with one bit
 * per value for their bitmaps, read once for each block of the output (Y. N. Wu et al.,
 * "Sparseloop", MICRO 2022, has the bandwidth).
 *
 * <p>A layer without zeros costs what the dense run costs, bitmaps included. Energy by component
 * comes from tables of 45 nm ({@link Energy45nm}), so it is an assumption about the process: each
 * product reads and writes a partial sum of 32 bits, as outer products must.
 */
public final class DualSideTensorCore implements Machine {

  private static final int SUM_BITS = 32;
  private static final double BITS_PER_BYTE = 8;

  private final DualSideArchitecture core;

  /** The model of a core. */
  public DualSideTensorCore(DualSideArchitecture core) {
    this.core = Objects.requireNonNull(core, "core");
  }

  @Override
  public String name() {
    return core.name();
  }

  @Override
  public String summary() {
    return "Dual-side sparse tensor core, %d multipliers: zeros anywhere, in weights and activations"
        .formatted(core.macs());
  }

  /** What a layer asks of the core. */
  private record Work(OuterProducts outer, double words, double cycles, boolean boundByMemory) {}

  @Override
  public LayerCost cost(Layer layer) {
    Work work = work(layer);
    Work dense = work(layer.dense());
    double least = leastCycles(work);
    double issued = work.outer().instructions() / core.instructionsPerCycle();
    return new LayerCost(
        layer,
        RunTime.ofCycles(work.cycles(), least, core.clockMhz()),
        RunTime.ofCycles(dense.cycles(), leastCycles(dense), core.clockMhz()),
        energyPj(layer, work),
        bytes(layer, work),
        new Balance(least / work.cycles(), Math.min(1, least / issued), least / work.cycles()),
        verdict(layer, work, dense.cycles() / work.cycles()));
  }

  /** Returns the cycles of multipliers that never wait. */
  private double leastCycles(Work work) {
    return Math.min(work.cycles(), work.outer().products() / core.macs());
  }

  private Work work(Layer layer) {
    OuterProducts outer = OuterProducts.of(layer, core);
    double words = sharedWords(layer);
    double issue = outer.instructions() / core.instructionsPerCycle();
    double memory = words / core.wordsPerCycle();
    return new Work(outer, words, Math.max(issue, memory), memory > issue);
  }

  /** Returns words of the operands' type that leave the shared memory. */
  private double sharedWords(Layer layer) {
    Gemm one = layer.shape().gemm();
    double down = Math.ceil((double) one.m() / core.block());
    double across = Math.ceil((double) one.n() / core.block());
    double columns = (double) one.k() * one.n() * layer.shape().products();
    double perValue = layer.activations().density() + 1.0 / layer.type().bits();
    return words(layer.weights(), layer) * across + columns * perValue * down;
  }

  private static double words(Occupancy operand, Layer layer) {
    double values = (double) operand.rows() * operand.columns();
    return operand.nonZeros() + values / layer.type().bits();
  }

  private static double outputs(Layer layer) {
    Gemm one = layer.shape().gemm();
    return (double) one.m() * one.n() * layer.shape().products();
  }

  private static double dramBits(Layer layer) {
    double words = words(layer.weights(), layer) + words(layer.activations(), layer);
    return (words + outputs(layer)) * layer.type().bits();
  }

  private Breakdown energyPj(Layer layer, Work work) {
    int bits = layer.type().bits();
    double products = work.outer().products();
    double bitmapWords = sharedWords(layer.dense()) / (bits + 1.0);
    double values = Math.max(0, work.words() - bitmapWords);
    return Breakdown.NONE
        .plus("multiply-adds", products * Energy45nm.multiplyAddPj(layer.type()))
        .plus("operands", values * bits * Energy45nm.SRAM_PJ_PER_BIT)
        .plus("bitmaps", bitmapWords * bits * Energy45nm.SRAM_PJ_PER_BIT)
        .plus("partial sums", products * 2 * SUM_BITS * Energy45nm.BUFFER_PJ_PER_BIT)
        .plus("dram", dramBits(layer) * Energy45nm.DRAM_PJ_PER_BIT);
  }

  private static Breakdown bytes(Layer layer, Work work) {
    return Breakdown.NONE
        .plus("shared memory", work.words() * layer.type().bits() / BITS_PER_BYTE)
        .plus("partial sums", work.outer().products() * 2 * SUM_BITS / BITS_PER_BYTE)
        .plus("dram", dramBits(layer) / BITS_PER_BYTE);
  }

  private Verdict verdict(Layer layer, Work work, double speedup) {
    String times = String.format(Locale.ROOT, "%.2f times as fast as dense", speedup);
    double ideal = 1 / (layer.weights().density() * layer.activations().density());
    if (speedup >= Verdict.LEAST_GAIN) {
      return Verdict.gain(
          work.boundByMemory()
              ? times + ", limited by the words that the shared memory delivers"
              : times
                  + String.format(
                      Locale.ROOT,
                      " of %.2f that the zeros leave: slices fill up to %d x %d non-zeros",
                      ideal,
                      core.leftStep(),
                      core.rightStep()));
    }
    if (layer.weights().isDense() && layer.activations().isDense()) {
      return Verdict.noGain("no operand has zeros");
    }
    if (work.boundByMemory()) {
      return Verdict.noGain(
          times + ": the product is so narrow that the shared memory is the limit");
    }
    Gemm one = layer.shape().gemm();
    boolean small = one.m() <= core.rightStep() && one.n() <= core.leftStep();
    return Verdict.noGain(
        times
            + (small
                ? ": a product of %d x %d outputs takes one instruction per input, zeros or not"
                    .formatted(one.m(), one.n())
                : ": an instruction is saved only when a slice of %d loses %d activations or %d weights"
                    .formatted(core.tile(), core.leftStep(), core.rightStep())));
  }
}
