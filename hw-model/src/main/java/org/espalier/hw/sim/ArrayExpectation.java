package org.espalier.hw.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.espalier.hw.arch.MacArray;
import org.espalier.hw.arch.Skipping;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.ReductionLines;
import org.espalier.hw.workload.TileCounts;

/**
 * {@link ArraySteps} as density models let expect them. Each line has the mean steps of its tiles,
 * scaled by how its expected count compares with the mean; operands are independent. The slowest of
 * the units with most work is taken as the largest of as many normal variables.
 */
public final class ArrayExpectation {

  private static final double ALIKE = 1 - 1e-9;

  private final Layer layer;
  private final MacArray array;
  private final Skipping skipping;
  private final ReductionLines lines;
  private final ReductionLines full;
  private final double meanWeights;
  private final Map<Integer, TileCounts> weightLots = new HashMap<>();
  private final Map<Integer, TileCounts> activationLots = new HashMap<>();

  private ArrayExpectation(Layer layer, MacArray array, Skipping skipping) {
    this.layer = layer;
    this.array = array;
    this.skipping = skipping;
    this.lines = ReductionLines.of(layer);
    this.full = ReductionLines.of(layer.dense());
    double sum = 0;
    for (int line = 0; line < lines.size(); line++) {
      sum += lines.weights(line);
    }
    this.meanWeights = sum / lines.size();
  }

  /** Returns the expected steps of a layer. */
  public static ArraySteps expect(Layer layer, MacArray array, Skipping skipping) {
    return new ArrayExpectation(layer, array, skipping).steps();
  }

  private ArraySteps steps() {
    int rows = layer.shape().weightRows();
    int groupRows = layer.shape().gemm().m();
    int columns = layer.shape().weightColumns();
    int units = Math.min(array.units(), rows);
    double[] ofUnit = new double[units];
    double[] variance = new double[units];
    double products = 0;
    double allLots = 0;
    for (int first = 0, row = 0; first < full.size(); first += columns, row += groupRows) {
      double scaled = 0;
      double squares = 0;
      double scales = 0;
      for (int line = first; line < first + columns; line++) {
        Steps steps = activationSteps(line);
        scaled += scale(line) * steps.mean();
        squares += scale(line) * scale(line) * steps.square();
        scales += scale(line);
        products += (skipping.weights() ? lines.weights(line) : groupRows) * activations(line);
      }
      int[] unitRows = new int[units];
      for (int i = row; i < row + groupRows; i++) {
        unitRows[i % units]++;
      }
      for (int unit = 0; unit < units; unit++) {
        if (unitRows[unit] > 0) {
          TileCounts lots = weightLots.computeIfAbsent(unitRows[unit], this::weightLots);
          ofUnit[unit] += lots.mean() * scaled;
          variance[unit] += lots.variance() * squares;
          allLots += lots.mean() * scales;
        }
      }
    }
    return new ArraySteps(
        slowest(ofUnit, variance), Arrays.stream(ofUnit).sum(), products, lines.pairs(), allLots);
  }

  /** Returns the expected largest of independent normal variables that are alike or smaller. */
  static double slowest(double[] ofUnit, double[] variance) {
    double most = Arrays.stream(ofUnit).max().orElseThrow();
    int many = 0;
    double widest = 0;
    for (int unit = 0; unit < ofUnit.length; unit++) {
      if (ofUnit[unit] >= most * ALIKE) {
        many++;
        widest = Math.max(widest, variance[unit]);
      }
    }
    double slowest = most + Math.sqrt(widest) * Normal.largestOf(many);
    return Math.min(slowest, Arrays.stream(ofUnit).sum());
  }

  private double scale(int line) {
    if (!skipping.weights()) {
      return 1;
    }
    return meanWeights == 0 ? 0 : lines.weights(line) / meanWeights;
  }

  private double activations(int line) {
    return skipping.activations() ? lines.activations(line) : full.activations(line);
  }

  /** Steps of the activations of a line: mean, and mean of squares. */
  private record Steps(double mean, double square) {}

  private Steps activationSteps(int line) {
    int all = (int) Math.round(full.activations(line));
    if (!skipping.activations()) {
      int steps = (all + array.activationLanes() - 1) / array.activationLanes();
      return new Steps(steps, (double) steps * steps);
    }
    double mean = layer.activations().density() * all;
    if (mean == 0) {
      return new Steps(0, 0);
    }
    TileCounts lots =
        activationLots.computeIfAbsent(
            all,
            size -> ArraySteps.lots(layer.activations().tiles(1, size), array.activationLanes()));
    double factor = lines.activations(line) / mean;
    double square = lots.mean() * lots.mean() + lots.variance();
    return new Steps(lots.mean() * factor, square * factor * factor);
  }

  private TileCounts weightLots(int rows) {
    TileCounts counts =
        skipping.weights() ? layer.weights().tiles(rows, 1) : TileCounts.always(rows);
    return ArraySteps.lots(counts, array.weightLanes());
  }
}
