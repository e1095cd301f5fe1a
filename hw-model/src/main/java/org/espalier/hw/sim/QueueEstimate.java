package org.espalier.hw.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.Transposed;
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

  /** The rows that are worked on at a time: by kind of column, all columns as if of that kind. */
  private record RowBatch(
      List<SliceKinds> kinds, List<QueueFormula> formulas, Map<Double, Double> known) {

    double cycles(double columns) {
      return columns > 0 ? known.computeIfAbsent(columns, this::mean) : 0;
    }

    private double mean(double columns) {
      double mean = 0;
      for (int i = 0; i < kinds.size(); i++) {
        mean += kinds.get(i).columnShare() * formulas.get(i).cycles(columns);
      }
      return mean;
    }

    double entriesPerColumn() {
      return kinds.stream().mapToDouble(k -> k.columnShare() * k.entriesPerColumn()).sum();
    }

    double mostEntriesPerColumn() {
      return kinds.stream().mapToDouble(k -> k.columnShare() * k.mostEntriesPerColumn()).sum();
    }
  }

  /**
   * Estimates.
   *
   * @param layer with masks or models
   * @param setup of the machine
   */
  public static QueueTotals run(Layer layer, QueueSetup setup) {
    return new QueueEstimate(known(layer.weights()), setup).totals(layer);
  }

  /** Columns of one's own density are no model that the formula knows: it sees one drawn mask. */
  private static Occupancy known(Occupancy weights) {
    return weights instanceof Transposed
        ? new Actual(weights.draw(0), weights.rows(), weights.columns())
        : weights;
  }

  private QueueTotals totals(Layer layer) {
    ExpectedColumns sent = ExpectedColumns.of(layer, setup);
    int rows = layer.shape().gemm().m();
    double cycles = 0;
    double entries = 0;
    double rowBatches = 0;
    double stored = 0;
    for (int product = 0; product < layer.shape().products(); product++) {
      for (int row = 0; row < rows; row += Math.min(rows - row, setup.rowsPerBatch())) {
        RowBatch batch = batch(product * rows + row, Math.min(rows - row, setup.rowsPerBatch()));
        for (double[] kind : sent.kinds()) {
          for (double columns : kind) {
            cycles += sent.samplesPerKind() * (batch.cycles(columns) + setup.batchCycles());
          }
        }
        entries += sent.total() * batch.entriesPerColumn();
        stored += batch.mostEntriesPerColumn() * weights.columns();
        rowBatches++;
      }
    }
    return new QueueTotals(
        cycles,
        entries,
        sent.total() * weights.nonZeros() / weights.columns(),
        sent.total() * setup.elements() * rowBatches,
        sent.samples() * sent.batches() * rowBatches,
        stored,
        staticBalance());
  }

  private RowBatch batch(int first, int rows) {
    if (weights instanceof Uniform) {
      return alike.computeIfAbsent(rows, count -> newBatch(first, count));
    }
    return newBatch(first, rows);
  }

  private RowBatch newBatch(int first, int rows) {
    List<SliceKinds> kinds = SliceKinds.of(weights, setup, first, rows);
    return new RowBatch(
        kinds,
        kinds.stream().map(kind -> new QueueFormula(kind, setup.depth())).toList(),
        new HashMap<>());
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
  static double storedEntries(Layer layer, QueueSetup setup) {
    QueueEstimate estimate = new QueueEstimate(known(layer.weights()), setup);
    int rows = layer.shape().weightRows() / layer.shape().products();
    double stored = 0;
    for (int first = 0; first < layer.shape().weightRows(); first += rows) {
      for (int row = 0; row < rows; row += Math.min(rows - row, setup.rowsPerBatch())) {
        int count = Math.min(rows - row, setup.rowsPerBatch());
        stored += estimate.batch(first + row, count).mostEntriesPerColumn();
      }
    }
    return stored * layer.weights().columns();
  }

  /**
   * Counts the dense layer, exactly: the element with most rows is never idle.
   *
   * @param layer any; its zeros do not matter, but for taps outside of an image
   * @param setup of the machine
   */
  public static QueueTotals dense(Layer layer, QueueSetup setup) {
    ExpectedColumns sent = ExpectedColumns.of(layer.dense(), setup);
    double columns = Math.rint(sent.total());
    int rows = layer.shape().gemm().m();
    double busiest = 0;
    double batches = 0;
    for (int row = 0; row < rows; row += Math.min(rows - row, setup.rowsPerBatch())) {
      busiest += setup.rowsOf(0, Math.min(rows - row, setup.rowsPerBatch()));
      batches++;
    }
    busiest *= layer.shape().products();
    batches *= layer.shape().products();
    double work = columns * rows * layer.shape().products();
    double visits = columns * setup.elements() * batches;
    batches *= sent.samples() * sent.batches();
    return new QueueTotals(
        columns * busiest + batches * setup.batchCycles(),
        work,
        work,
        visits,
        batches,
        busiest * layer.shape().gemm().k(),
        (double) rows * layer.shape().products() / setup.elements() / busiest);
  }
}
