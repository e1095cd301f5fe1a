package org.espalier.hw.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.espalier.hw.arch.AcceleratorSpec;
import org.espalier.hw.arch.Skipping;
import org.espalier.hw.arch.StorageLevel;
import org.espalier.hw.cost.Balance;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.sim.ArrayExpectation;
import org.espalier.hw.sim.ArraySteps;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.ReductionLines;

/**
 * Any accelerator that a machine file describes. It follows Y. N. Wu et al., "Sparseloop: An
 * Analytical Approach To Sparse Tensor Accelerator Modeling", MICRO 2022, in what it asks of a
 * machine (formats, gating, skipping), with one mapping in place of a search: the outer products of
 * {@link ArraySteps}. Loads and products overlap:
 *
 * <pre>time = max(steps of the slowest unit / clock, bytes / bandwidth of each memory)
 * </pre>
 *
 * <p>Bytes: {@link Traffic}. Energy: products with two non-zeros and those with a zero that is not
 * skipped at the rates of the machine, and each memory's bytes.
 */
public final class Accelerator implements Machine {

  private final AcceleratorSpec spec;
  private final MachineOptions options;

  /** The model of a machine. */
  public Accelerator(AcceleratorSpec spec, MachineOptions options) {
    this.spec = Objects.requireNonNull(spec, "spec");
    this.options = Objects.requireNonNull(options, "options");
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public String summary() {
    String skipped =
        switch (spec.skipping()) {
          case NONE -> "skips no zeros";
          case WEIGHTS -> "skips zero weights";
          case ACTIVATIONS -> "skips zero activations";
          case BOTH -> "skips zeros of weights and of activations";
        };
    return "%d units of %d x %d multipliers; %s"
        .formatted(
            spec.array().units(),
            spec.array().weightLanes(),
            spec.array().activationLanes(),
            skipped);
  }

  @Override
  public LayerCost cost(Layer layer) {
    boolean expected = KnownZeros.isExpected(layer, options);
    Layer known = expected ? layer : KnownZeros.drawn(layer, options);
    ArraySteps steps =
        expected
            ? ArrayExpectation.expect(known, spec.array(), spec.skipping())
            : ArraySteps.count(known, spec.array(), spec.skipping());
    // Without zeros nothing is left to chance: models will do.
    Layer denseLayer = layer.dense();
    ArraySteps denseSteps = ArraySteps.count(denseLayer, spec.array(), Skipping.NONE);
    Traffic traffic = Traffic.of(known, steps, spec);
    double denseCycles = cycles(denseSteps, Traffic.of(denseLayer, denseSteps, spec));
    double cycles = cycles(steps, traffic);
    double shared = steps.work() / spec.array().units();
    Balance balance =
        new Balance(
            Math.min(1, shared / cycles),
            steps.most() == 0 ? 1 : Math.min(1, shared / steps.most()),
            Math.min(1, steps.pairs() / (cycles * spec.array().multipliers())));
    RunTime time = RunTime.ofCycles(cycles, Math.min(shared, cycles), spec.array().clockMhz());
    RunTime dense =
        RunTime.ofCycles(
            denseCycles,
            Math.min(denseCycles, denseSteps.work() / spec.array().units()),
            spec.array().clockMhz());
    Verdict verdict =
        new AcceleratorVerdict(spec, steps, traffic, ReductionLines.of(denseLayer).pairs())
            .of(dense.us() / time.us());
    return new LayerCost(
        layer, time, dense, energy(steps, traffic), traffic.bytes(), balance, verdict);
  }

  private double cycles(ArraySteps steps, Traffic traffic) {
    double cycles = Math.max(1, steps.most());
    for (StorageLevel level : spec.levels()) {
      cycles = Math.max(cycles, traffic.us(level) * spec.array().clockMhz());
    }
    return cycles;
  }

  private Breakdown energy(ArraySteps steps, Traffic traffic) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("multiply-add", steps.pairs() * spec.energy().macPj());
    double zeros = Math.max(0, steps.products() - steps.pairs());
    parts.put("products with zeros", zeros * spec.energy().zeroPj());
    for (StorageLevel level : spec.levels()) {
      String name = level.memory().name();
      parts.put(name, traffic.bytes().parts().get(name) * level.pjPerByte());
    }
    return new Breakdown(parts);
  }
}
