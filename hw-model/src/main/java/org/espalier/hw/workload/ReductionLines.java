package org.espalier.hw.workload;

import java.util.Arrays;
import org.espalier.sparse.kernel.ConvolutionShape;

/**
 * A layer as a sum of outer products. A line is an index that is summed over: k of a matrix
 * product; group, channel and tap of a convolution, in the order of the weight's columns, one group
 * after the other. On a line every weight of a column meets every activation of a row, so that its
 * products of two non-zeros are the product of two counts: whether zeros of weights and of
 * activations fall on the same lines decides what both together save.
 *
 * <p>Activations count for a tap only where they meet an output. Counts are exact for actual masks,
 * and expectations for models, each in the other operand's absence: operands are independent given
 * their models, so that their product is an expectation too. Columns of activations are sample by
 * sample, the pixels of each row-major.
 */
public final class ReductionLines {

  private final double[] weights;
  private final double[] activations;

  private ReductionLines(double[] weights, double[] activations) {
    this.weights = weights;
    this.activations = activations;
  }

  /** Returns the lines of a layer. */
  public static ReductionLines of(Layer layer) {
    if (layer.shape() instanceof Convolution convolution) {
      ConvolutionShape shape = convolution.shape();
      return new ReductionLines(
          weights(layer.weights(), shape.groups()), convolved(layer.activations(), convolution));
    }
    double[] rows = new double[layer.activations().rows()];
    Arrays.setAll(rows, layer.activations()::rowNonZeros);
    return new ReductionLines(weights(layer.weights(), 1), rows);
  }

  private static double[] weights(Occupancy weights, int groups) {
    int columns = weights.columns();
    int groupRows = weights.rows() / groups;
    double[] counts = new double[groups * columns];
    if (weights instanceof Actual actual) {
      actual.forEachNonZero((row, column) -> counts[row / groupRows * columns + column]++);
      return counts;
    }
    double all = Math.max(1, weights.nonZeros());
    for (int group = 0; group < groups; group++) {
      double ofGroup = 0;
      for (int row = group * groupRows; row < (group + 1) * groupRows; row++) {
        ofGroup += weights.rowNonZeros(row);
      }
      for (int column = 0; column < columns; column++) {
        counts[group * columns + column] = weights.columnNonZeros(column) * ofGroup / all;
      }
    }
    return counts;
  }

  private static double[] convolved(Occupancy activations, Convolution convolution) {
    InputReach reach = new InputReach(convolution.shape());
    int taps = reach.taps();
    int pixels = reach.pixels();
    double[] counts = new double[activations.rows() * taps];
    if (activations instanceof Actual actual) {
      actual.forEachNonZero(
          (channel, column) -> {
            for (int tap = 0; tap < taps; tap++) {
              if (reach.meets(tap, column % pixels)) {
                counts[channel * taps + tap]++;
              }
            }
          });
      return counts;
    }
    double[] ofPixel = new double[pixels];
    for (int column = 0; column < activations.columns(); column++) {
      ofPixel[column % pixels] += activations.columnNonZeros(column);
    }
    double all = Math.max(1, activations.nonZeros());
    for (int tap = 0; tap < taps; tap++) {
      double met = 0;
      for (int pixel = 0; pixel < pixels; pixel++) {
        met += reach.meets(tap, pixel) ? ofPixel[pixel] : 0;
      }
      for (int channel = 0; channel < activations.rows(); channel++) {
        counts[channel * taps + tap] = activations.rowNonZeros(channel) * met / all;
      }
    }
    return counts;
  }

  /** Returns the number of lines. */
  public int size() {
    return weights.length;
  }

  /** Returns the non-zero weights of a line, exact or expected. */
  public double weights(int line) {
    return weights[line];
  }

  /** Returns the non-zero activations of a line, exact or expected. */
  public double activations(int line) {
    return activations[line];
  }

  /** Returns the products of two non-zeros that meet an output, exact or expected. */
  public double pairs() {
    double pairs = 0;
    for (int line = 0; line < weights.length; line++) {
      pairs += weights[line] * activations[line];
    }
    return pairs;
  }
}
