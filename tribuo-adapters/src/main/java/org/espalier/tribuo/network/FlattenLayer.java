package org.espalier.tribuo.network;

import org.espalier.tribuo.onnx.NetworkOperators;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/** Lays the pixels of all channels out as features, row-major. */
public record FlattenLayer() implements NetworkLayer {

  @Override
  public int[] outputShape(int[] input) {
    return new int[] {Shapes.size(input)};
  }

  @Override
  public LayerStep prepare(int[] input) {
    return (x, batch) -> x;
  }

  @Override
  public double[] strengths(double[] outputs, int[] input) {
    return outputs;
  }

  @Override
  public ONNXNode writeGraph(ONNXRef<?> input) {
    return input.apply(NetworkOperators.FLATTEN, "flat");
  }
}
