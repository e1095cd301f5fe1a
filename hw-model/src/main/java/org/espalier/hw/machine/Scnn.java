package org.espalier.hw.machine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.espalier.hw.arch.ScnnChip;
import org.espalier.hw.cost.Balance;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.sim.BankConflicts;
import org.espalier.hw.sim.ScnnExpectation;
import org.espalier.hw.sim.ScnnSteps;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.ReductionLines;

/**
 * SCNN (A. Parashar et al., ISCA 2017): elements that multiply each non-zero weight with each
 * non-zero activation of an input channel, F x I at a time. {@link ScnnSteps} has the rule. Each
 * step takes a cycle and what {@link BankConflicts} adds for full steps, also if it is not full.
 *
 * <p>With a stride, a layer falls into phases that have none. How the paper does it we could not
 * check; but AlexNet's 2.37 over a dense chip (from memory) leaves no room for a conv1, stride 4,
 * that makes all products of its Cartesian product, of which 15 in 16 reach no output.
 *
 * <p>The chip shares the planar tiles of an image among its elements; the element alone takes the
 * same tiles one after the other. Exact for masks; from models, masks are drawn, or steps are
 * expected, as the options say. Time is that of the multipliers: weights are taken to arrive in
 * time. No energies are published by component: none are given.
 */
public final class Scnn implements Machine {

  private final ScnnChip chip;
  private final boolean alone;
  private final MachineOptions options;
  private final double cyclesPerStep;

  private Scnn(ScnnChip chip, boolean alone, MachineOptions options) {
    this.chip = Objects.requireNonNull(chip, "chip");
    this.alone = alone;
    this.options = Objects.requireNonNull(options, "options");
    this.cyclesPerStep =
        BankConflicts.cyclesPerStep(chip.multipliers(), chip.accumulatorBanks(), chip.bankQueue());
  }

  /** Returns the chip. */
  public static Scnn chip(ScnnChip chip, MachineOptions options) {
    return new Scnn(chip, false, options);
  }

  /** Returns one of its processing elements. */
  public static Scnn element(ScnnChip chip, MachineOptions options) {
    return new Scnn(chip, true, options);
  }

  @Override
  public String name() {
    return alone ? "scnn-pe" : "scnn";
  }

  @Override
  public String summary() {
    String what = alone ? "one processing element" : chip.elements() + " processing elements";
    return what + " of SCNN: Cartesian products of non-zero weights and activations";
  }

  @Override
  public LayerCost cost(Layer layer) {
    boolean expected = KnownZeros.isExpected(layer, options);
    Layer known = expected ? layer : KnownZeros.drawn(layer, options);
    ScnnSteps steps = steps(known);
    // Without zeros nothing is left to chance: both ways agree.
    ScnnSteps denseSteps = ScnnExpectation.expect(layer.dense(), chip);
    RunTime time = time(steps);
    RunTime dense = time(denseSteps);
    double pairs = ReductionLines.of(known).pairs();
    double products = time.cycles().orElseThrow() * chip.multipliers() * units();
    Balance balance =
        new Balance(
            share(steps.work(), steps.barriers() * chip.elements()),
            share(steps.work(), steps.most() * chip.elements()),
            Math.min(1, pairs / products));
    return new LayerCost(
        layer,
        time,
        dense,
        Breakdown.NONE,
        bytes(layer),
        balance,
        verdict(layer, steps, balance, dense.us() / time.us()));
  }

  private int units() {
    return alone ? 1 : chip.elements();
  }

  private double share(double work, double room) {
    return alone || room == 0 ? 1 : Math.min(1, work / room);
  }

  private ScnnSteps steps(Layer layer) {
    return layer.weights() instanceof Actual weights
            && layer.activations() instanceof Actual activations
        ? ScnnSteps.count(layer, weights, activations, chip)
        : ScnnExpectation.expect(layer, chip);
  }

  private RunTime time(ScnnSteps steps) {
    double taken = alone ? steps.work() : steps.barriers();
    double cycles = Math.max(1, taken * cyclesPerStep);
    double shared = steps.work() * cyclesPerStep / units();
    return RunTime.ofCycles(cycles, Math.min(cycles, shared), chip.clockMhz());
  }

  private static double activationBytes(Layer layer) {
    return (double) layer.activations().nonZeros() * ScnnChip.ACTIVATION_BITS / 8;
  }

  private static Breakdown bytes(Layer layer) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("weights", (double) layer.weights().nonZeros() * ScnnChip.ACTIVATION_BITS / 8);
    parts.put("activation RAM", activationBytes(layer));
    return new Breakdown(parts);
  }

  private Verdict verdict(Layer layer, ScnnSteps steps, Balance balance, double speedup) {
    double inputs = activationBytes(layer);
    if (inputs > chip.activationRamBytes() / 2.0) {
      return Verdict.doesNotFit(
          String.format(
              Locale.ROOT,
              "the inputs take %.0f KiB compressed, and half of the activation memory is %d KiB",
              inputs / 1024,
              chip.activationRamBytes() / 2048));
    }
    String filled =
        String.format(
            Locale.ROOT,
            "%.1f %% of the multipliers' products are of two non-zeros and reach an output",
            100 * balance.utilization());
    if (layer.shape().gemm().n() < chip.activationLanes()) {
      filled =
          "each weight meets at most %d inputs, of %d taken at once, so that "
                  .formatted(layer.shape().gemm().n(), chip.activationLanes())
              + filled;
    }
    return speedup >= Verdict.LEAST_GAIN
        ? Verdict.gain(String.format(Locale.ROOT, "%.2f x fewer cycles; %s", speedup, filled))
        : Verdict.noGain(
            steps.work() == 0 ? "there is nothing to multiply" : "the lanes stay empty: " + filled);
  }
}
