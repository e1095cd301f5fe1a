package org.espalier.tribuo.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.tribuo.onnx.NetworkOperators;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * y = factor x + shift for each feature, or for each channel of images: what batch normalization
 * does outside training (S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015, algorithm 2, step
 * 11): factor = gamma / sqrt(variance + epsilon), shift = beta - factor mean.
 *
 * @param factors one per feature or channel; live, not to be written
 * @param shifts as many; live, not to be written
 */
public record ScaleLayer(float[] factors, float[] shifts) implements NetworkLayer {

  /** Checks the lengths. */
  public ScaleLayer {
    if (factors.length != shifts.length || factors.length == 0) {
      throw new InvalidInputException(
          "scale layer",
          "as many factors as shifts, at least 1",
          factors.length + " and " + shifts.length,
          "correct the arrays");
    }
  }

  @Override
  public int[] outputShape(int[] input) {
    Shapes.require(
        input.length > 0 && input[0] == factors.length,
        "scale layer",
        factors.length + " features or channels",
        input);
    return input.clone();
  }

  @Override
  public LayerStep prepare(int[] input) {
    int each = Shapes.size(outputShape(input)) / factors.length;
    return (x, batch) -> {
      for (int c = 0, i = 0; c < factors.length; c++) {
        for (int end = i + each * batch; i < end; i++) {
          x[i] = x[i] * factors[c] + shifts[c];
        }
      }
      return x;
    };
  }

  @Override
  public double[] strengths(double[] outputs, int[] input) {
    int each = outputs.length / factors.length;
    double[] result = new double[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      result[i] = outputs[i] * Math.abs(factors[i / each]);
    }
    return result;
  }

  /** Writes a batch normalization, which runtimes fold into a convolution before it. */
  @Override
  public ONNXNode writeGraph(ONNXRef<?> input) {
    ONNXContext graph = input.onnxContext();
    float[] ones = new float[factors.length];
    Arrays.fill(ones, 1);
    return graph.operation(
        NetworkOperators.BATCH_NORMALIZATION,
        List.of(
            input,
            graph.array("factors", factors),
            graph.array("shifts", shifts),
            graph.array("mean", new float[factors.length]),
            graph.array("variance", ones)),
        "scale",
        Map.of("epsilon", 0f));
  }
}
