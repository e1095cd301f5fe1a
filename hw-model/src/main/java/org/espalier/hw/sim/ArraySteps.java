package org.espalier.hw.sim;

import java.util.Arrays;
import org.espalier.hw.arch.MacArray;
import org.espalier.hw.arch.Skipping;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.ReductionLines;
import org.espalier.hw.workload.TileCounts;

/**
 * Steps of an array whose units share the rows of the weight, unit u the rows i with i mod units =
 * u. On each line of the sum (see {@link ReductionLines}) a unit takes its weights some at a time,
 * and for each lot all activations some at a time:
 *
 * <pre>ceil(weights of the line and unit / weight lanes) * ceil(activations / activation lanes)
 * </pre>
 *
 * <p>where zeros count unless they are skipped. Units wait for each other at the end of the layer.
 *
 * @param most steps of the unit that has most
 * @param work steps of all units
 * @param products that all units make, those with zeros that are not skipped included
 * @param pairs products of two non-zeros
 * @param lots of weights that units take in, each for all activations of its line
 */
public record ArraySteps(double most, double work, double products, double pairs, double lots) {

  /**
   * Counts over masks; an operand whose zeros are not skipped may be a model.
   *
   * @throws IllegalArgumentException if one whose zeros are skipped is a model with zeros
   */
  public static ArraySteps count(Layer layer, MacArray array, Skipping skipping) {
    require(skipping.weights(), layer.weights());
    require(skipping.activations(), layer.activations());
    ReductionLines lines = ReductionLines.of(layer);
    ReductionLines full = ReductionLines.of(layer.dense());
    int columns = layer.shape().weightColumns();
    int groupRows = layer.shape().gemm().m();
    int units = Math.min(array.units(), layer.shape().weightRows());
    int[][] counts = new int[units][full.size()];
    if (skipping.weights() && layer.weights() instanceof Actual actual) {
      actual.forEachNonZero(
          (row, column) -> counts[row % units][row / groupRows * columns + column]++);
    } else {
      for (int row = 0; row < layer.shape().weightRows(); row++) {
        int first = row / groupRows * columns;
        for (int line = first; line < first + columns; line++) {
          counts[row % units][line]++;
        }
      }
    }
    double[] ofUnit = new double[units];
    double products = 0;
    double allLots = 0;
    for (int line = 0; line < full.size(); line++) {
      double activations =
          skipping.activations() ? lines.activations(line) : full.activations(line);
      double steps = Math.ceil(activations / array.activationLanes());
      for (int unit = 0; unit < units; unit++) {
        int lots = (counts[unit][line] + array.weightLanes() - 1) / array.weightLanes();
        ofUnit[unit] += lots * steps;
        allLots += lots;
        products += counts[unit][line] * activations;
      }
    }
    return new ArraySteps(
        Arrays.stream(ofUnit).max().orElseThrow(),
        Arrays.stream(ofUnit).sum(),
        products,
        lines.pairs(),
        allLots);
  }

  private static void require(boolean skipped, Occupancy operand) {
    if (skipped && !operand.isDense() && !(operand instanceof Actual)) {
      throw new IllegalArgumentException("draw a mask from " + operand);
    }
  }

  /** Returns ceil(count / lanes) of a tile's counts. */
  static TileCounts lots(TileCounts counts, int lanes) {
    double[] lots = new double[(counts.most() + lanes - 1) / lanes + 1];
    for (int count = 0; count <= counts.most(); count++) {
      lots[(count + lanes - 1) / lanes] += counts.probability(count);
    }
    return TileCounts.of(lots);
  }
}
