package org.espalier.pruning.structured.reconstruction;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.espalier.pruning.structured.op.ConvolutionOp;

/**
 * Where the taps of a convolution fall on its input, for each position of its output; both are
 * counted row-major.
 */
final class Taps {

  private final ConvolutionOp op;
  private final int[] input;
  private final int[] output;

  /**
   * @param op the convolution, null for none: one position, one tap
   * @param input extents of positions
   */
  Taps(ConvolutionOp op, Shape input) {
    this.op = op;
    this.input = Arrays.stream(input.getShape()).mapToInt(Math::toIntExact).toArray();
    this.output = new int[this.input.length];
    for (int axis = 0; axis < output.length; axis++) {
      long span = op.dilation().get(axis) * (op.kernel().get(axis) - 1) + 1;
      long room = this.input[axis] + 2 * op.padding().get(axis) - span;
      output[axis] = Math.toIntExact(room / op.stride().get(axis)) + 1;
    }
  }

  /** Of a layer that reads every position by itself. */
  static Taps none() {
    return new Taps(null, new Shape());
  }

  /** Returns the number of positions of the output. */
  int count() {
    return Arrays.stream(output).reduce(1, Math::multiplyExact);
  }

  /** Returns where each tap falls; -1 in the padding. */
  int[] offsets(int position) {
    int[] offsets = new int[op == null ? 1 : Math.toIntExact(op.kernel().size())];
    for (int tap = 0; tap < offsets.length; tap++) {
      offsets[tap] = offset(position, tap);
    }
    return offsets;
  }

  private int offset(int position, int tap) {
    int at = position;
    int entry = tap;
    int offset = 0;
    int scale = 1;
    for (int axis = input.length - 1; axis >= 0; axis--) {
      int kernel = Math.toIntExact(op.kernel().get(axis));
      long start = op.stride().get(axis) * (at % output[axis]) - op.padding().get(axis);
      long coordinate = start + op.dilation().get(axis) * (entry % kernel);
      if (coordinate < 0 || coordinate >= input[axis]) {
        return -1;
      }
      offset += scale * (int) coordinate;
      scale *= input[axis];
      at /= output[axis];
      entry /= kernel;
    }
    return offset;
  }
}
