package org.espalier.pruning.structured.op;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;

/**
 * A function of each entry by itself.
 *
 * @param kind which one
 * @param parameter alpha of {@link Kind#LEAKY_RELU} and {@link Kind#ELU}, beta of {@link
 *     Kind#SWISH}, else 0
 */
public record ActivationOp(Kind kind, float parameter) implements Op {

  /** DJL's activation functions. */
  public enum Kind {
    RELU("ReLU"),
    RELU6("ReLU6"),
    SIGMOID("sigmoid"),
    TANH("Tanh"),
    SOFTPLUS("softPlus"),
    SOFTSIGN("softSign"),
    LEAKY_RELU("LeakyReLU"),
    ELU("ELU"),
    SELU("SELU"),
    GELU("GELU"),
    SWISH("Swish"),
    MISH("Mish");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Returns the name of DJL's block. */
    public String label() {
      return label;
    }

    /** Returns whether there is a parameter. */
    public boolean parameterized() {
      return this == LEAKY_RELU || this == ELU || this == SWISH;
    }
  }

  /** An activation without a parameter. */
  public static ActivationOp of(Kind kind) {
    return new ActivationOp(kind, 0);
  }

  /** Applies the function. */
  public NDArray apply(NDArray array) {
    return switch (kind) {
      case RELU -> Activation.relu(array);
      case RELU6 -> Activation.relu6(array);
      case SIGMOID -> Activation.sigmoid(array);
      case TANH -> Activation.tanh(array);
      case SOFTPLUS -> Activation.softPlus(array);
      case SOFTSIGN -> Activation.softSign(array);
      case LEAKY_RELU -> Activation.leakyRelu(array, parameter);
      case ELU -> Activation.elu(array, parameter);
      case SELU -> Activation.selu(array);
      case GELU -> Activation.gelu(array);
      case SWISH -> Activation.swish(array, parameter);
      case MISH -> Activation.mish(array);
    };
  }

  @Override
  public Block block() {
    return LambdaBlock.singleton(this::apply, kind.label());
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    return input;
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
