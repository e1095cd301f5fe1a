package org.espalier.hw.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.Uniform;

/**
 * Estimates what {@link QueueSimulation} would count, batch by batch, from distributions: within a
 * millisecond for density models; known masks are counted first.
 */
public final class QueueEstimate {

  private final Occupancy weights;
  private final QueueSetup setup;
  private final Map<Integer, RowBatch> alike = new HashMap<>();

  private QueueEstimate(Occupancy weights, QueueSetup setup) {
    this.weights = weights;
    this.setup = setup;
  }

  /** The rows that are worked on at a time. */
  private record RowBatch(SliceKinds kinds, QueueFormula formula, Map<Double, Double> known) {
    double cycles(double columns) {
      return columns > 0 ? known.computeIfAbsent(columns, formula::cycles) : 0;
    }
  }

  /**
   * Estimates.
   *
   * @param layer with masks or models
   * @param setup of the machine
   */
  public static QueueTotals run(Layer layer, QueueSetup setup) {
    return new QueueEstimate(layer.weights(), setup).totals(layer);
  }

  private QueueTotals totals(Layer layer) {
    ExpectedColumns sent = ExpectedColumns.of(layer, setup);
    int rows = layer.shape().gemm().m();
    double cycles = 0;
    double entries = 0;
    double rowBatches = 0;
    for (int product = 0; product < layer.shape().products(); product++) {
      for (int row = 0; row < rows; row += Math.min(rows - row, setup.rowsPerBatch())) {
        RowBatch batch = batch(product * rows + row, Math.min(rows - row, setup.rowsPerBatch()));
        for (double[] kind : sent.kinds()) {
          for (double columns : kind) {
            cycles += sent.samplesPerKind() * (batch.cycles(columns) + setup.batchCycles());
          }
        }
        entries += sent.total() * batch.kinds().entriesPerColumn();
        rowBatches++;
      }
    }
    return new QueueTotals(
        cycles,
        entries,
        sent.total() * weights.nonZeros() / weights.columns(),
        sent.total() * setup.elements() * rowBatches,
        sent.samples() * sent.batches() * rowBatches,
        staticBalance());
  }

  private RowBatch batch(int first, int rows) {
    if (weights instanceof Uniform) {
      return alike.computeIfAbsent(rows, count -> newBatch(first, count));
    }
    return newBatch(first, rows);
  }

  private RowBatch newBatch(int first, int rows) {
    SliceKinds kinds = SliceKinds.of(weights, setup, first, rows);
    return new RowBatch(kinds, new QueueFormula(kinds, setup.depth()), new HashMap<>());
  }

  /** Counts a mask; of a model, expects the largest of as many normal counts. */
  private double staticBalance() {
    double[] work = new double[setup.elements()];
    double[] variance = new double[work.length];
    for (int row = 0; row < weights.rows(); row++) {
      double nonZeros = weights.rowNonZeros(row);
      work[row % work.length] += nonZeros;
      variance[row % work.length] += nonZeros * (1 - nonZeros / weights.columns());
    }
    double mean = Arrays.stream(work).average().orElseThrow();
    double most = Arrays.stream(work).max().orElseThrow();
    if (most == 0) {
      return 1;
    }
    boolean varies = weights instanceof Uniform;
    double spread = varies ? Math.sqrt(Arrays.stream(variance).average().orElseThrow()) : 0;
    return Math.min(1, mean / (most + spread * Normal.largestOf(work.length)));
  }

  /**
   * Returns the expected entries that the element with most of them stores for a whole layer.
   *
   * @param layer whose weights are counted or expected
   * @param setup of the machine
   */
  public static double storedEntries(Layer layer, QueueSetup setup) {
    QueueEstimate estimate = new QueueEstimate(layer.weights(), setup);
    int rows = layer.shape().gemm().m();
    double stored = 0;
    for (int product = 0; product < layer.shape().products(); product++) {
      for (int row = 0; row < rows; row += Math.min(rows - row, setup.rowsPerBatch())) {
        SliceKinds kinds =
            estimate.batch(product * rows + row, Math.min(rows - row, setup.rowsPerBatch())).kinds();
        stored += kinds.mostEntriesPerColumn() * layer.weights().columns();
      }
    }
    return stored;
  }
}
