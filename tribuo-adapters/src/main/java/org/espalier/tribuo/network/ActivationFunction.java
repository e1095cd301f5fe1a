package org.espalier.tribuo.network;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import java.util.function.Supplier;
import org.espalier.tribuo.onnx.NetworkOperators;
import org.tribuo.util.onnx.ONNXOperator;
import org.tribuo.util.onnx.ONNXOperators;

/** A nonlinear function of single values. Results have the same bits in every Java process. */
public enum ActivationFunction {
  // No constant has a body: OLCUT could not read its class back from provenance.
  /** max(x, 0). */
  RELU("ReLU", Activation::reluBlock, x -> Math.max(x, 0f), NetworkOperators.RELU),

  /** 1 / (1 + exp(-x)). */
  SIGMOID(
      "sigmoid",
      Activation::sigmoidBlock,
      x -> (float) (1 / (1 + StrictMath.exp(-x))),
      ONNXOperators.SIGMOID),

  /** tanh(x). */
  TANH("Tanh", Activation::tanhBlock, x -> (float) StrictMath.tanh(x), NetworkOperators.TANH);

  /** A function of float32. */
  private interface Function {
    float of(float x);
  }

  private final String blockName;
  private final Supplier<Block> block;
  private final Function function;
  private final ONNXOperator operator;

  ActivationFunction(
      String blockName, Supplier<Block> block, Function function, ONNXOperator operator) {
    this.blockName = blockName;
    this.block = block;
    this.function = function;
    this.operator = operator;
  }

  /** Returns the function's value. */
  public float apply(float x) {
    return function.of(x);
  }

  /** Returns the name that DJL gives to the block of this function. */
  String blockName() {
    return blockName;
  }

  /** Returns a new DJL block. */
  Block newBlock() {
    return block.get();
  }

  /** Returns the function in an ONNX graph. */
  ONNXOperator operator() {
    return operator;
  }
}
