package org.espalier.tribuo.network;

import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.tribuo.onnx.NetworkOperators;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * The largest value, or the mean, of each square of pixels. The squares lie side by side; a rest of
 * pixels at the right and at the bottom is left out.
 *
 * @param kind what is taken
 * @param size pixels along a side, at least 1
 */
public record PoolingLayer(Kind kind, int size) implements NetworkLayer {

  /** What is taken of a square. */
  public enum Kind {
    /** The largest value. */
    MAX(NetworkOperators.MAX_POOL),
    /** The mean. */
    MEAN(NetworkOperators.AVERAGE_POOL);

    private final NetworkOperators operator;

    Kind(NetworkOperators operator) {
      this.operator = operator;
    }
  }

  /** Checks the size. */
  public PoolingLayer {
    if (size < 1) {
      throw new InvalidInputException(
          "pooling", "a size of at least 1", size + "", "correct the size");
    }
  }

  @Override
  public int[] outputShape(int[] input) {
    Shapes.require(
        input.length == 3 && input[1] >= size && input[2] >= size,
        "pooling",
        "images of at least %d x %d".formatted(size, size),
        input);
    return new int[] {input[0], input[1] / size, input[2] / size};
  }

  @Override
  public LayerStep prepare(int[] input) {
    int[] output = outputShape(input);
    return (x, batch) -> {
      float[] y = new float[Shapes.size(output) * batch];
      for (int o = 0; o < y.length / batch; o++) {
        for (int b = 0; b < batch; b++) {
          y[o * batch + b] = pool(x, input, output, o, b, batch);
        }
      }
      return y;
    };
  }

  private float pool(float[] x, int[] input, int[] output, int o, int b, int batch) {
    float best = Float.NEGATIVE_INFINITY;
    float sum = 0;
    int first = first(input, output, o);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        float value = x[(first + row * input[2] + column) * batch + b];
        best = Math.max(best, value);
        sum += value;
      }
    }
    return kind == Kind.MAX ? best : sum / (size * size);
  }

  /** Returns the first pixel of the square behind a value of the output. */
  private int first(int[] input, int[] output, int o) {
    int column = o % output[2];
    int row = o / output[2] % output[1];
    int channel = o / output[2] / output[1];
    return (channel * input[1] + row * size) * input[2] + column * size;
  }

  /** Passes strengths on to every pixel of the square, any of which may be the largest. */
  @Override
  public double[] strengths(double[] outputs, int[] input) {
    int[] output = outputShape(input);
    double share = kind == Kind.MAX ? 1 : 1.0 / (size * size);
    double[] result = new double[Shapes.size(input)];
    for (int o = 0; o < outputs.length; o++) {
      int first = first(input, output, o);
      for (int i = 0; i < size * size; i++) {
        result[first + i / size * input[2] + i % size] += share * outputs[o];
      }
    }
    return result;
  }

  @Override
  public ONNXNode writeGraph(ONNXRef<?> input) {
    int[] square = {size, size};
    return input
        .onnxContext()
        .operation(
            kind.operator,
            List.of(input),
            "pooling",
            Map.of("kernel_shape", square, "strides", square));
  }
}
