package org.espalier.tribuo.network;

import java.io.Serializable;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * One layer of a trained network, with its weights in Java arrays. Values flow through layers in
 * feature-major order: value f of example b stands at {@code f * batch + b}.
 */
public sealed interface NetworkLayer extends Serializable
    permits DenseLayer, ConvolutionLayer, ScaleLayer, ActivationLayer, PoolingLayer, FlattenLayer {

  /**
   * Returns the shape of what the layer makes of one example.
   *
   * @param input shape of one example: {features}, or {channels, height, width}
   * @throws org.espalier.sparse.InvalidInputException if the layer does not take this shape
   */
  int[] outputShape(int[] input);

  /**
   * Lays the layer out for examples of one shape.
   *
   * @param input shape of one example
   */
  LayerStep prepare(int[] input);

  /**
   * Carries strengths back through the layer: that of an input is the sum over the outputs that it
   * reaches of |weight| times the output's strength.
   *
   * @param outputs one strength per value of the output, row-major
   * @param input shape of one example
   * @return one strength per value of the input
   */
  double[] strengths(double[] outputs, int[] input);

  /**
   * Writes the layer into an ONNX graph.
   *
   * @param input what goes in: (batch, features), or (batch, channels, height, width)
   * @return what comes out, in the same order
   */
  ONNXNode writeGraph(ONNXRef<?> input);
}
