package org.espalier.tribuo.network;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import java.util.function.Supplier;

/** A nonlinear function of single values. Results have the same bits in every Java process. */
public enum ActivationFunction {
  // No constant has a body: OLCUT could not read its class back from provenance.
  /** max(x, 0). */
  RELU("ReLU", Activation::reluBlock, x -> Math.max(x, 0f)),

  /** 1 / (1 + exp(-x)). */
  SIGMOID("sigmoid", Activation::sigmoidBlock, x -> (float) (1 / (1 + StrictMath.exp(-x)))),

  /** tanh(x). */
  TANH("Tanh", Activation::tanhBlock, x -> (float) StrictMath.tanh(x));

  /** A function of float32. */
  private interface Function {
    float of(float x);
  }

  private final String blockName;
  private final Supplier<Block> block;
  private final Function function;

  ActivationFunction(String blockName, Supplier<Block> block, Function function) {
    this.blockName = blockName;
    this.block = block;
    this.function = function;
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
}
