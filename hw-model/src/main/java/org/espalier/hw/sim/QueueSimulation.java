package org.espalier.hw.sim;

import java.util.Arrays;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.Uniform;

/**
 * Runs a layer through the broadcast queue, exactly. Rows fall into batches that the accumulators
 * hold, columns into batches that the input registers hold; all elements wait for each other at the
 * end of a batch. Samples run one after the other, groups of a convolution as well.
 *
 * <p>Source: S. Han et al., "EIE: Efficient Inference Engine on Compressed Deep Neural Network",
 * ISCA 2016, sections 3 and 4.
 */
public final class QueueSimulation {

  /**
   * Uniform models up to this size are drawn with their exact number of non-zeros. In larger ones
   * the number varies by less than 0.7 % at a density of 2 %, and only what is needed is drawn.
   */
  static final long DRAWN_WHOLE = 1 << 20;

  private final QueueSetup setup;
  private final BroadcastQueue queue;
  private double cycles;
  private double entries;
  private double nonZeros;
  private double visits;
  private double batches;
  private final long[] stored;

  private QueueSimulation(QueueSetup setup) {
    this.setup = setup;
    this.queue = new BroadcastQueue(setup.elements(), setup.depth());
    this.stored = new long[setup.elements()];
  }

  /**
   * Simulates.
   *
   * @param layer its masks are drawn where only a model is known
   * @param setup of the machine
   * @param seed of what is drawn; weights and activations are drawn apart
   */
  public static QueueTotals run(Layer layer, QueueSetup setup, long seed) {
    QueueSimulation simulation = new QueueSimulation(setup);
    EntrySource source = source(layer.weights(), setup, seed);
    ActiveColumns active = new ActiveColumns(layer, seed + 1);
    int rows = layer.shape().gemm().m();
    for (int product = 0; product < layer.shape().products(); product++) {
      boolean[] wanted = active.wanted(product);
      for (int row = 0; row < rows; row += Math.min(rows - row, setup.rowsPerBatch())) {
        int count = Math.min(rows - row, setup.rowsPerBatch());
        simulation.rows(source, product * rows + row, count, wanted, active, product);
      }
    }
    return new QueueTotals(
        simulation.cycles,
        simulation.entries,
        simulation.nonZeros,
        simulation.visits,
        simulation.batches,
        simulation.stored(source, layer),
        QueueTotals.balance(source.nonZeros()));
  }

  /** Returns the entries of weights, drawn where only a model is known. */
  static EntrySource source(Occupancy weights, QueueSetup setup, long seed) {
    long elements = (long) weights.rows() * weights.columns();
    if (weights instanceof Uniform && (weights.isDense() || elements > DRAWN_WHOLE)) {
      return new DrawnEntries(weights.columns(), weights.density(), setup, seed);
    }
    Actual mask =
        weights instanceof Actual known
            ? known
            : new Actual(weights.draw(seed), weights.rows(), weights.columns());
    return new MaskEntries(mask, setup);
  }

  /** What is drawn column by column is not all drawn. */
  private double stored(EntrySource source, Layer layer) {
    return source instanceof DrawnEntries
        ? QueueEstimate.storedEntries(layer, setup)
        : Arrays.stream(stored).max().orElseThrow();
  }

  private void rows(
      EntrySource source,
      int first,
      int count,
      boolean[] wanted,
      ActiveColumns active,
      int product) {
    int[] work = source.count(first, count, wanted);
    int columns = wanted.length;
    int[] perColumn = new int[columns];
    for (int column = 0; column < columns; column++) {
      for (int k = 0; k < setup.elements(); k++) {
        int entriesHere = work[column * setup.elements() + k];
        perColumn[column] += entriesHere;
        stored[k] += entriesHere;
      }
    }
    int[] sent = new int[columns];
    for (int sample = 0; sample < active.samples(); sample++) {
      int total = active.of(product, sample, sent);
      int at = 0;
      for (int batch = 0; batch < QueueSetup.parts(columns, setup.columnsPerBatch()); batch++) {
        long end = (batch + 1L) * setup.columnsPerBatch();
        queue.restart();
        for (; at < total && sent[at] < end; at++) {
          queue.send(work, sent[at] * setup.elements());
          entries += perColumn[sent[at]];
          nonZeros += source.columnNonZeros()[sent[at]];
        }
        cycles += queue.cycles() + setup.batchCycles();
        batches++;
      }
      visits += (double) total * setup.elements();
    }
  }
}
