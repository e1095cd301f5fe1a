package org.espalier.hw.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.sim.QueueTotals;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Uniform;
import org.espalier.hw.workload.Workload;

/** A workload on a machine of which one parameter varies, as rows for tables and plots. */
public final class QueueSweep {

  private QueueSweep() {}

  /**
   * One layer in one setting.
   *
   * @param setting the value of what varies
   * @param layer name
   * @param cycles of the layer
   * @param timeUs of the layer
   * @param loadBalance time if all elements always had work / time
   * @param paddingShare of the entries worked on, in [0, 1)
   */
  public record Row(
      double setting,
      String layer,
      double cycles,
      double timeUs,
      double loadBalance,
      double paddingShare) {}

  /** Varies the depth of the queues. */
  public static List<Row> depths(BroadcastMachine machine, Workload workload, int... depths) {
    return vary(machine::withQueueDepth, workload, depths);
  }

  /** Varies the number of processing elements. */
  public static List<Row> elements(BroadcastMachine machine, Workload workload, int... elements) {
    return vary(machine::withElements, workload, elements);
  }

  /** Varies the density of the weights, which become uniform. */
  public static List<Row> densities(
      BroadcastMachine machine, Workload workload, double... densities) {
    List<Row> rows = new ArrayList<>();
    for (double density : densities) {
      for (Layer layer : workload.layers()) {
        int height = layer.weights().rows();
        int width = layer.weights().columns();
        Layer other = layer.withWeights(Uniform.ofDensity(height, width, density));
        rows.add(row(density, machine, other));
      }
    }
    return rows;
  }

  private static List<Row> vary(
      IntFunction<BroadcastMachine> machines, Workload workload, int... values) {
    List<Row> rows = new ArrayList<>();
    for (int value : values) {
      BroadcastMachine machine = machines.apply(value);
      workload.layers().forEach(layer -> rows.add(row(value, machine, layer)));
    }
    return rows;
  }

  private static Row row(double setting, BroadcastMachine machine, Layer layer) {
    LayerCost cost = machine.cost(layer);
    QueueTotals counts = machine.counts(layer);
    return new Row(
        setting,
        layer.name(),
        cost.time().cycles().orElseThrow(),
        cost.time().us(),
        cost.balance().loadBalance(),
        counts.paddingShare());
  }
}
