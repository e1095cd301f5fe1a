package org.espalier.tribuo.network;

import java.util.List;
import java.util.Map;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.PackedMatrix;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;

/**
 * y = W x + b.
 *
 * @param name path of the weight in the network, as recipes call it
 * @param outputs rows of the weight
 * @param inputs columns of the weight
 * @param weights outputs x inputs, row-major; live, not to be written
 * @param bias one value per output, or null for none; live, not to be written
 */
public record DenseLayer(String name, int outputs, int inputs, float[] weights, float[] bias)
    implements NetworkLayer, WeightedLayer {

  /** Checks the lengths. */
  public DenseLayer {
    Shapes.require(
        outputs > 0
            && inputs > 0
            && weights.length == (long) outputs * inputs
            && (bias == null || bias.length == outputs),
        name,
        "%d x %d weights and %d biases".formatted(outputs, inputs, outputs),
        new int[] {weights.length, bias == null ? 0 : bias.length});
  }

  @Override
  public int[] outputShape(int[] input) {
    Shapes.require(input.length == 1 && input[0] == inputs, name, inputs + " features", input);
    return new int[] {outputs};
  }

  @Override
  public LayerStep prepare(int[] input) {
    PackedMatrix matrix = Products.pack(weights, outputs, inputs);
    Epilogue epilogue = new Epilogue(bias, false);
    return (x, batch) -> {
      float[] y = new float[outputs * batch];
      matrix.multiply(x, batch, y, epilogue);
      return y;
    };
  }

  @Override
  public double[] strengths(double[] strengths, int[] input) {
    double[] result = new double[inputs];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        result[i] += Math.abs(weights[o * inputs + i]) * strengths[o];
      }
    }
    return result;
  }

  @Override
  public ONNXNode writeGraph(ONNXRef<?> input) {
    return GraphSteps.weighted(
        ONNXOperators.GEMM, input, this, List.of(outputs, inputs), Map.of("transB", 1));
  }
}
