package org.espalier.tribuo.network;

import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A nonlinear function of each value.
 *
 * @param function which
 */
public record ActivationLayer(ActivationFunction function) implements NetworkLayer {

  @Override
  public int[] outputShape(int[] input) {
    return input.clone();
  }

  @Override
  public LayerStep prepare(int[] input) {
    return (x, batch) -> {
      for (int i = 0; i < x.length; i++) {
        x[i] = function.apply(x[i]);
      }
      return x;
    };
  }

  /** Passes strengths on: the functions grow with their input. */
  @Override
  public double[] strengths(double[] outputs, int[] input) {
    return outputs;
  }

  @Override
  public ONNXNode writeGraph(ONNXRef<?> input) {
    return input.apply(function.operator(), "activation");
  }
}
