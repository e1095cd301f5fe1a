package org.espalier.hw.sim;

import java.util.Arrays;
import org.espalier.hw.arch.ScnnChip;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.TileCounts;

/**
 * Steps of SCNN's multiplier arrays on a layer (Parashar et al., ISCA 2017, section 3.2): for each
 * group of output channels and each input channel c, an element multiplies all its non-zero
 * activations with all non-zero weights of the group,
 *
 * <pre>ceil(nnz(weights of c in the group) / F) * ceil(nnz(activations of c in the tile) / I)
 * </pre>
 *
 * <p>steps of F x I products. Elements wait for each other after each group.
 *
 * @param barriers steps of the slowest element, summed over groups of outputs and passes
 * @param work steps of all elements
 * @param most steps of the element that has most
 */
public record ScnnSteps(double barriers, double work, double most) {

  /** Counts over masks. */
  public static ScnnSteps count(Layer layer, Actual weights, Actual activations, ScnnChip chip) {
    PlanarTiles tiles = new PlanarTiles(layer.shape(), chip);
    int groups = groups(layer);
    int channels = layer.shape().activationRows() / groups;
    int taps = layer.shape().weightColumns() / channels;
    int outputs = layer.shape().weightRows() / groups;
    int parts = (outputs + tiles.outputGroup() - 1) / tiles.outputGroup();
    int[][] weightCounts = new int[groups * parts][channels];
    weights.forEachNonZero(
        (row, column) -> {
          int part = row / outputs * parts + row % outputs / tiles.outputGroup();
          weightCounts[part][column / taps]++;
        });
    int slots = tiles.passes() * chip.elements();
    int[][] activationCounts = new int[slots][layer.shape().activationRows()];
    activations.forEachNonZero(
        (channel, column) -> activationCounts[tiles.slot(column)][channel]++);
    toSteps(weightCounts, chip.weightLanes());
    toSteps(activationCounts, chip.activationLanes());
    long barriers = 0;
    long work = 0;
    long[] ofElement = new long[chip.elements()];
    for (int part = 0; part < groups * parts; part++) {
      int firstChannel = part / parts * channels;
      for (int slot = 0; slot < slots; slot += chip.elements()) {
        long slowest = 0;
        for (int element = 0; element < chip.elements(); element++) {
          long steps = 0;
          for (int c = 0; c < channels; c++) {
            steps +=
                (long) weightCounts[part][c] * activationCounts[slot + element][firstChannel + c];
          }
          work += steps;
          ofElement[element] += steps;
          slowest = Math.max(slowest, steps);
        }
        barriers += slowest;
      }
    }
    return new ScnnSteps(barriers, work, Arrays.stream(ofElement).max().orElseThrow());
  }

  private static int groups(Layer layer) {
    return layer.shape() instanceof Convolution convolution ? convolution.shape().groups() : 1;
  }

  private static void toSteps(int[][] counts, int lanes) {
    for (int[] line : counts) {
      for (int i = 0; i < line.length; i++) {
        line[i] = (line[i] + lanes - 1) / lanes;
      }
    }
  }

  /**
   * Expects, from models. Counts of weights and of tiles are independent, so that the mean is the
   * product of their expected steps; the slowest of the elements with tiles of the largest size is
   * taken as the largest of as many normal variables.
   */
  public static ScnnSteps expect(Layer layer, ScnnChip chip) {
    PlanarTiles tiles = new PlanarTiles(layer.shape(), chip);
    double[] mean = new double[tiles.tilePixels() + 1];
    double[] variance = new double[tiles.tilePixels() + 1];
    WeightSteps weights = WeightSteps.expect(layer, tiles.outputGroup(), chip);
    double barriers = 0;
    double work = 0;
    double[] ofElement = new double[chip.elements()];
    for (int pass = 0; pass < tiles.passes(); pass++) {
      int largest = 0;
      int many = 0;
      for (int element = 0; element < chip.elements(); element++) {
        int pixels = tiles.pixels(pass, element);
        if (pixels > 0 && mean[pixels] == 0) {
          TileCounts steps = steps(layer.activations(), 1, pixels, chip.activationLanes());
          mean[pixels] = steps.mean();
          variance[pixels] = steps.variance();
        }
        many = pixels > largest ? 1 : many + (pixels == largest ? 1 : 0);
        largest = Math.max(largest, pixels);
        double expected = weights.mean() * mean[pixels];
        work += expected;
        ofElement[element] += expected;
      }
      barriers +=
          weights.mean() * mean[largest]
              + weights.deviation() * Math.sqrt(variance[largest]) * NormalMaximum.expected(many);
    }
    return new ScnnSteps(barriers, work, Arrays.stream(ofElement).max().orElseThrow());
  }

  /**
   * Steps of the weights, expected.
   *
   * @param mean over all groups of outputs and channels
   * @param deviation root of the sum over channels of squared steps, summed over groups of outputs
   */
  private record WeightSteps(double mean, double deviation) {

    static WeightSteps expect(Layer layer, int outputGroup, ScnnChip chip) {
      int groups = groups(layer);
      int channels = layer.shape().activationRows() / groups;
      int taps = layer.shape().weightColumns() / channels;
      int outputs = layer.shape().weightRows() / groups;
      double mean = 0;
      double deviation = 0;
      int[] rows = {outputGroup, outputs % outputGroup};
      int[] times = {outputs / outputGroup, 1};
      for (int i = 0; i < 2; i++) {
        if (rows[i] > 0) {
          TileCounts steps = steps(layer.weights(), rows[i], taps, chip.weightLanes());
          double square = steps.mean() * steps.mean() + steps.variance();
          mean += groups * times[i] * channels * steps.mean();
          deviation += groups * times[i] * Math.sqrt(channels * square);
        }
      }
      return new WeightSteps(mean, deviation);
    }
  }

  private static TileCounts steps(Occupancy operand, int rows, int columns, int lanes) {
    TileCounts counts = operand.tiles(rows, columns);
    double[] steps = new double[(counts.most() + lanes - 1) / lanes + 1];
    for (int count = 0; count <= counts.most(); count++) {
      steps[(count + lanes - 1) / lanes] += counts.probability(count);
    }
    return TileCounts.of(steps);
  }
}
