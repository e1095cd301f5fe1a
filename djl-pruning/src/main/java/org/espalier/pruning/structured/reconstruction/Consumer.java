package org.espalier.pruning.structured.reconstruction;

import java.util.Arrays;
import org.espalier.pruning.structured.op.ConvolutionOp;

/**
 * Outputs of a linear layer or a convolution that read the same inputs: all of them, or one group
 * of a grouped convolution.
 *
 * @param prefix of the paths of its weight and bias
 * @param convolution null for a linear layer
 * @param firstRow of its outputs among those of the layer
 * @param rows outputs
 * @param firstInput of its inputs among those of the layer
 * @param inputs extent of axis 1 of the weight
 * @param channels which of these each channel of a group is; as many for each
 */
record Consumer(
    String prefix,
    ConvolutionOp convolution,
    int firstRow,
    int rows,
    int firstInput,
    int inputs,
    int[][] channels) {

  /** Returns the path of the weight. */
  String weight() {
    return prefix + "weight";
  }

  /** Returns the path of the bias, whether there is one or not. */
  String bias() {
    return prefix + "bias";
  }

  /** Returns how many weights each input has. */
  int taps() {
    return convolution == null ? 1 : Math.toIntExact(convolution.kernel().size());
  }

  /** Returns the features of each channel, where the taps of an input are features side by side. */
  int[][] features() {
    int taps = taps();
    int[][] features = new int[channels.length][channels[0].length * taps];
    for (int channel = 0; channel < channels.length; channel++) {
      for (int i = 0; i < features[channel].length; i++) {
        features[channel][i] = channels[channel][i / taps] * taps + i % taps;
      }
    }
    return features;
  }

  /** Returns whether it reads zeros beyond the borders. */
  boolean pads() {
    return convolution != null
        && Arrays.stream(convolution.padding().getShape()).anyMatch(p -> p > 0);
  }
}
