package org.espalier.tribuo.network;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import java.util.function.Supplier;

/** A nonlinear function of single values. Results have the same bits in every Java process. */
public enum ActivationFunction {
  /** max(x, 0). */
  RELU("ReLU", Activation::reluBlock) {
    @Override
    public float apply(float x) {
      return Math.max(x, 0f);
    }
  },
  /** 1 / (1 + exp(-x)). */
  SIGMOID("sigmoid", Activation::sigmoidBlock) {
    @Override
    public float apply(float x) {
      return (float) (1 / (1 + StrictMath.exp(-x)));
    }
  },
  /** tanh(x). */
  TANH("Tanh", Activation::tanhBlock) {
    @Override
    public float apply(float x) {
      return (float) StrictMath.tanh(x);
    }
  };

  private final String blockName;
  private final Supplier<Block> block;

  ActivationFunction(String blockName, Supplier<Block> block) {
    this.blockName = blockName;
    this.block = block;
  }

  /** Returns the function's value. */
  public abstract float apply(float x);

  /** Returns the name that DJL gives to the block of this function. */
  String blockName() {
    return blockName;
  }

  /** Returns a new DJL block. */
  Block newBlock() {
    return block.get();
  }
}
