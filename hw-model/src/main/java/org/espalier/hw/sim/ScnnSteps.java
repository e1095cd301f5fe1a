package org.espalier.hw.sim;

import java.util.Arrays;
import org.espalier.hw.arch.ScnnChip;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Layer;

/**
 * Steps of SCNN's multiplier arrays on a layer (Parashar et al., ISCA 2017, section 3.2): for each
 * group of output channels and each input channel c, an element multiplies all its non-zero
 * activations with all non-zero weights of the group,
 *
 * <pre>ceil(nnz(weights of c in the group) / F) * ceil(nnz(activations of c in the tile) / I)
 * </pre>
 *
 * <p>steps of F x I products. Elements wait for each other after each group. A convolution with a
 * stride is taken phase by phase ({@link StridePhases}), each phase of a channel like a channel.
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
    int phases = tiles.phases().count();
    int lines = channels * phases;
    int[][] weightCounts = new int[groups * parts][lines];
    weights.forEachNonZero(
        (row, column) -> {
          int part = row / outputs * parts + row % outputs / tiles.outputGroup();
          int phase = tiles.phases().ofTap(column % taps);
          weightCounts[part][column / taps * phases + phase]++;
        });
    int slots = tiles.passes() * chip.elements();
    int[][] activationCounts = new int[slots][groups * lines];
    activations.forEachNonZero(
        (channel, column) ->
            activationCounts[tiles.slot(column)][channel * phases + tiles.phase(column)]++);
    toSteps(weightCounts, chip.weightLanes());
    toSteps(activationCounts, chip.activationLanes());
    long barriers = 0;
    long work = 0;
    long[] ofElement = new long[chip.elements()];
    for (int part = 0; part < groups * parts; part++) {
      int first = part / parts * lines;
      for (int slot = 0; slot < slots; slot += chip.elements()) {
        long slowest = 0;
        for (int element = 0; element < chip.elements(); element++) {
          long steps = 0;
          for (int line = 0; line < lines; line++) {
            steps +=
                (long) weightCounts[part][line] * activationCounts[slot + element][first + line];
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

  static int groups(Layer layer) {
    return layer.shape() instanceof Convolution convolution ? convolution.shape().groups() : 1;
  }

  private static void toSteps(int[][] counts, int lanes) {
    for (int[] line : counts) {
      for (int i = 0; i < line.length; i++) {
        line[i] = (line[i] + lanes - 1) / lanes;
      }
    }
  }
}
