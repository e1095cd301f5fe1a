package org.espalier.hw.machine;

import java.util.Locale;
import java.util.Objects;
import org.espalier.hw.arch.EseArchitecture;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.sim.QueueEstimate;
import org.espalier.hw.sim.QueueSetup;
import org.espalier.hw.sim.QueueTotals;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Uniform;
import org.espalier.hw.workload.Workload;

/**
 * ESE: skips zero weights, of whatever place; inputs are taken as dense. Figures are of one
 * utterance on one channel; the other channels work on others meanwhile.
 *
 * <p>Three things run at once, and the slowest sets the time of a layer: the broadcast queue; the
 * stream of weights from memory, anew for each sample; and the element-wise stage, which takes one
 * output a cycle and then stores the last. A layer that waits for the stage (see {@link
 * EseArchitecture#waiting}) first pays for that of its inputs.
 *
 * <p>Source: S. Han et al., "ESE: Efficient Speech Recognition Engine with Sparse LSTM on FPGA",
 * FPGA 2017. Published: elements, channels, queue, clock, word, power. The stage and the stream are
 * derived from the published times of its matrices, and the accumulators are taken to hold all
 * outputs. Energy is the published 41 W of the whole board times the time, as in the paper's own
 * figures of efficiency; its parts were not published.
 */
public final class Ese implements BroadcastMachine {

  private static final int BYTES_PER_ENTRY = 2;

  private final EseArchitecture architecture;
  private final MachineOptions options;
  private final QueueSetup setup;

  /** Makes the machine. */
  public Ese(EseArchitecture architecture, MachineOptions options) {
    this.architecture = architecture;
    this.options = Objects.requireNonNull(options, "options");
    this.setup =
        new QueueSetup(
            architecture.pes(),
            architecture.queueDepth(),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            architecture.indexBits(),
            0);
  }

  @Override
  public String name() {
    return "ese";
  }

  @Override
  public String summary() {
    return "ESE, %d channels of %d elements at %.0f MHz: skips zero weights, in any place"
        .formatted(architecture.channels(), architecture.pes(), architecture.clockMhz());
  }

  @Override
  public Ese withElements(int elements) {
    return new Ese(architecture.withPes(elements), options);
  }

  @Override
  public Ese withQueueDepth(int depth) {
    return new Ese(architecture.withQueueDepth(depth), options);
  }

  @Override
  public QueueTotals counts(Layer layer) {
    int rows = layer.activations().rows();
    int columns = layer.activations().columns();
    return QueueCounts.of(layer.withActivations(Uniform.dense(rows, columns)), setup, options);
  }

  @Override
  public LayerCost cost(Layer layer) {
    QueueTotals totals = counts(layer);
    QueueTotals denseTotals = QueueEstimate.dense(layer, setup);
    double cycles = cycles(layer, totals);
    RunTime time = time(cycles, totals);
    RunTime dense = time(cycles(layer, denseTotals), denseTotals);
    // Watts times microseconds are 10^6 pJ.
    Breakdown energy = Breakdown.NONE.plus("board", architecture.watts() * time.us() * 1e6);
    double inputs = layer.shape().activationRows() * (double) layer.shape().activationColumns();
    Breakdown bytes =
        Breakdown.NONE
            .plus("weights", BYTES_PER_ENTRY * totals.entries())
            .plus("activations", 2 * (inputs + outputs(layer)));
    return new LayerCost(
        layer,
        time,
        dense,
        energy,
        bytes,
        QueueCounts.balance(totals, cycles, setup),
        verdict(layer, totals, dense.us() / time.us()));
  }

  /**
   * Returns the time of layers that follow on each other, in us: their times, and once the
   * element-wise stage of the first, which nothing hides.
   *
   * @param workload such as the matrices of one step of an LSTM
   */
  public double sequenceUs(Workload workload) {
    double cycles = 0;
    for (Layer layer : workload.layers()) {
      cycles += cycles(layer, counts(layer));
    }
    Layer first = workload.layers().get(0);
    return (cycles + stage(outputs(first), first.shape().gemm().n())) / architecture.clockMhz();
  }

  private RunTime time(double cycles, QueueTotals totals) {
    return RunTime.ofCycles(cycles, totals.entries() / architecture.pes(), architecture.clockMhz());
  }

  private double cycles(Layer layer, QueueTotals totals) {
    int samples = layer.shape().gemm().n();
    double busy = Math.max(totals.cycles(), stream(totals));
    double own = Math.max(busy, stage(outputs(layer), samples));
    double inputs = (double) layer.shape().gemm().k() * samples;
    return architecture.waiting().contains(layer.name()) ? own + stage(inputs, samples) : own;
  }

  private double stream(QueueTotals totals) {
    return BYTES_PER_ENTRY * totals.entries() / architecture.streamBytesPerCycle();
  }

  private double stage(double values, int samples) {
    return values + (double) samples * architecture.stageLatency();
  }

  private static double outputs(Layer layer) {
    return (double) layer.shape().weightRows() * layer.shape().gemm().n();
  }

  private Verdict verdict(Layer layer, QueueTotals totals, double speedup) {
    double stage = stage(outputs(layer), layer.shape().gemm().n());
    String bound;
    if (stage >= Math.max(totals.cycles(), stream(totals))) {
      bound = text("bound by the element-wise stage, one output a cycle: %,.0f cycles", stage);
    } else if (stream(totals) > totals.cycles()) {
      bound = text("bound by the stream of weights: %,.0f cycles", stream(totals));
    } else {
      bound =
          text(
              "bound by the elements, which have work for %.0f %% of %,.0f cycles",
              100 * totals.entries() / setup.elements() / totals.cycles(), totals.cycles());
    }
    return speedup >= Verdict.LEAST_GAIN
        ? Verdict.gain(text("%.1f times the dense run; %s", speedup, bound))
        : Verdict.noGain(text("%.2f times the dense run; %s", speedup, bound));
  }

  private static String text(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }
}
