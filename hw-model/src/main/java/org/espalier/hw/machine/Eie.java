package org.espalier.hw.machine;

import java.util.Locale;
import java.util.Objects;
import org.espalier.hw.arch.BroadcastEnergy;
import org.espalier.hw.arch.EieArchitecture;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.sim.QueueEstimate;
import org.espalier.hw.sim.QueueSetup;
import org.espalier.hw.sim.QueueTotals;
import org.espalier.hw.workload.Layer;

/**
 * EIE: skips zero activations and zero weights. Non-zero activations are broadcast in order; each
 * element works off the entries of its rows, one a cycle, padding included. Outputs and inputs pass
 * in batches that the registers hold, with a barrier behind each. Samples run one after the other;
 * a convolution runs as its lowered product.
 *
 * <p>Source: S. Han et al., "EIE: Efficient Inference Engine on Compressed Deep Neural Network",
 * ISCA 2016, sections 3 to 6. Published: sizes, queue, encoding, batches, power by part. Derived
 * from its times: one cycle of an element for a column without entries, and one cycle per register
 * to load inputs before a batch and to store outputs behind it.
 *
 * <p>Energy counts events (see {@link BroadcastEnergy}): reads of pointers and passes of the queue
 * per column and element, weight reads per eight entries, arithmetic and accumulators per entry,
 * and the clock of waiting elements. With Alex-7's published 12.2 us this is 7.3 uJ, where the
 * paper's 138 927 frames per joule are 7.2 uJ.
 */
public final class Eie implements BroadcastMachine {

  private final EieArchitecture architecture;
  private final MachineOptions options;
  private final QueueSetup setup;

  /** Makes the machine. */
  public Eie(EieArchitecture architecture, MachineOptions options) {
    this.architecture = architecture;
    this.options = Objects.requireNonNull(options, "options");
    int registers = architecture.actRegistersPerPe();
    long batch = (long) registers * architecture.pes();
    this.setup =
        new QueueSetup(
            architecture.pes(),
            architecture.queueDepth(),
            registers,
            (int) Math.min(Integer.MAX_VALUE, batch),
            architecture.indexBits(),
            (int) Math.min(Integer.MAX_VALUE, 2L * registers));
  }

  @Override
  public String name() {
    return "eie";
  }

  @Override
  public String summary() {
    return "EIE, %d elements at %.0f MHz: skips zero activations and zero weights, in any place"
        .formatted(architecture.pes(), architecture.clockMhz());
  }

  @Override
  public Eie withElements(int elements) {
    return new Eie(architecture.withPes(elements), options);
  }

  @Override
  public Eie withQueueDepth(int depth) {
    return new Eie(architecture.withQueueDepth(depth), options);
  }

  @Override
  public QueueTotals counts(Layer layer) {
    return QueueCounts.of(layer, setup, options);
  }

  @Override
  public LayerCost cost(Layer layer) {
    QueueTotals totals = counts(layer);
    QueueTotals dense = QueueEstimate.dense(layer, setup);
    RunTime time = time(totals);
    RunTime denseTime = time(dense);
    return new LayerCost(
        layer,
        time,
        denseTime,
        energy(totals),
        bytes(layer, totals),
        QueueCounts.balance(totals, totals.cycles(), setup),
        verdict(layer, totals, denseTime.us() / time.us()));
  }

  private RunTime time(QueueTotals totals) {
    return RunTime.ofCycles(
        totals.cycles(), totals.entries() / architecture.pes(), architecture.clockMhz());
  }

  private Breakdown energy(QueueTotals totals) {
    BroadcastEnergy each = architecture.energy();
    double idle = Math.max(0, totals.cycles() * architecture.pes() - totals.entries());
    return Breakdown.NONE
        .plus("activation queue", totals.visits() * each.queuePerVisit())
        .plus("pointer read", totals.visits() * each.pointersPerVisit())
        .plus("weight read", totals.entries() / architecture.entriesPerRead() * each.weightRead())
        .plus("arithmetic", totals.entries() * each.arithmeticPerEntry())
        .plus("activation read/write", totals.entries() * each.accumulatorPerEntry())
        .plus("idle", idle * each.idlePerCycle());
  }

  /** Entries of a byte, two pointers of two bytes a visit, activations of two bytes in and out. */
  private static Breakdown bytes(Layer layer, QueueTotals totals) {
    double outputs = (double) layer.shape().weightRows() * layer.shape().gemm().n();
    double inputs = layer.shape().activationRows() * (double) layer.shape().activationColumns();
    return Breakdown.NONE
        .plus("weights", totals.entries())
        .plus("pointers", 4 * totals.visits())
        .plus("activations", 2 * (inputs + outputs));
  }

  private Verdict verdict(Layer layer, QueueTotals totals, double speedup) {
    int rows = layer.shape().gemm().m();
    int rowBatches = (int) setup.batches(rows, 1) * layer.shape().products();
    long pointers = (layer.shape().weightColumns() + 1L) * rowBatches;
    if (pointers > architecture.pointersPerPe()) {
      return Verdict.doesNotFit(
          text(
              "an element needs %,d column pointers and has room for %,d",
              pointers, architecture.pointersPerPe()));
    }
    if (totals.stored() > architecture.spmatBytesPerPe()) {
      return Verdict.doesNotFit(
          text(
              "an element stores %,.0f bytes of weights, padding included, and has room for %,d",
              totals.stored(), architecture.spmatBytesPerPe()));
    }
    String limits = limits(totals);
    return speedup >= Verdict.LEAST_GAIN
        ? Verdict.gain(text("%.1f times the dense run; %s", speedup, limits))
        : Verdict.noGain(text("%.2f times the dense run; %s", speedup, limits));
  }

  /** Says which part of the time is not work on non-zeros, the largest first to be named. */
  private String limits(QueueTotals totals) {
    double available = totals.cycles() * architecture.pes();
    double work = totals.nonZeros() / available;
    double padding = Math.max(0, totals.entries() - totals.nonZeros()) / available;
    double batches = totals.batches() * setup.batchCycles() / totals.cycles();
    double waiting = Math.max(0, 1 - work - padding - batches);
    String most;
    if (work >= Math.max(padding, Math.max(batches, waiting))) {
      most = "bound by work on non-zeros";
    } else if (padding >= Math.max(batches, waiting)) {
      most = "bound by padding of long runs of zeros";
    } else {
      most = waiting >= batches ? "bound by uneven or empty columns" : "bound by loading batches";
    }
    return text(
        "%s: of the time %.0f %% non-zeros, %.0f %% padding, %.0f %% waiting, %.0f %% batches",
        most, 100 * work, 100 * padding, 100 * waiting, 100 * batches);
  }

  private static String text(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }
}
