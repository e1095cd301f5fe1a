package org.espalier.hw.machine;

import java.util.Locale;
import org.espalier.hw.arch.AcceleratorSpec;
import org.espalier.hw.arch.Skipping;
import org.espalier.hw.arch.StorageLevel;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.sim.ArraySteps;

/**
 * Says what bounds an accelerator on a layer.
 *
 * @param spec the machine
 * @param steps of its units
 * @param traffic of its memories
 * @param densePairs products without zeros
 */
record AcceleratorVerdict(
    AcceleratorSpec spec, ArraySteps steps, Traffic traffic, double densePairs) {

  private static final double LEAST_BALANCE = 0.8;

  Verdict of(double speedup) {
    StorageLevel last = spec.outermost();
    if (traffic.stored() > last.memory().bytes()) {
      return Verdict.doesNotFit(
          text(
              "operands and outputs take %.0f KiB, and %s holds %d KiB",
              traffic.stored() / 1024, last.memory().name(), last.memory().bytes() / 1024));
    }
    if (speedup >= Verdict.LEAST_GAIN) {
      return Verdict.gain(text("%.2f times as fast as dense; %s", speedup, bound()));
    }
    return Verdict.noGain(
        spec.skipping() == Skipping.NONE && !isMemoryBound()
            ? "the machine skips no zeros: they save energy at most"
            : bound());
  }

  private double computeUs() {
    return steps.most() / spec.array().clockMhz();
  }

  private StorageLevel slowest() {
    StorageLevel slowest = spec.outermost();
    for (StorageLevel level : spec.levels()) {
      slowest = traffic.us(level) > traffic.us(slowest) ? level : slowest;
    }
    return slowest;
  }

  private boolean isMemoryBound() {
    return traffic.us(slowest()) > computeUs();
  }

  private String bound() {
    StorageLevel memory = slowest();
    if (isMemoryBound()) {
      return text(
          "memory-bound: %s moves %.1f KiB in %.2f us, the products take %.2f us",
          memory.memory().name(),
          traffic.bytes().parts().get(memory.memory().name()) / 1024,
          traffic.us(memory),
          computeUs());
    }
    double unitLanes = (double) spec.array().weightLanes() * spec.array().activationLanes();
    double lanes = steps.products() / Math.max(1, steps.work() * unitLanes);
    double balance = steps.work() / Math.max(1, steps.most() * spec.array().units());
    if (balance < LEAST_BALANCE && balance <= lanes) {
      return text("imbalance: the units work %.0f %% of the time", 100 * balance);
    }
    if (lanes < LEAST_BALANCE) {
      return text(
          "granularity: %.0f %% of the %d x %d lanes are filled",
          100 * lanes, spec.array().weightLanes(), spec.array().activationLanes());
    }
    return text(
        "compute-bound: %.1f %% of the dense products are made",
        100 * steps.products() / densePairs);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
