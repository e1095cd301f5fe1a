package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import java.util.stream.IntStream;
import org.espalier.pruning.djl.network.Internals;
import org.espalier.sparse.InvalidInputException;

/**
 * A recurrent block over (batch, time, features). A unit of the state stands in the rows of all
 * gates, in the columns of the recurrent weights, and in the columns of the next layer's input
 * weights; DJL gives all layers one size, so the same unit goes in each.
 *
 * @param cell which one
 * @param units of the state
 * @param layers one upon the other
 * @param biases whether there are
 * @param batchFirst whether the batch is axis 0
 * @param dropRate between layers, in training
 */
public record RecurrentOp(
    Cell cell, int units, int layers, boolean biases, boolean batchFirst, float dropRate)
    implements Op {

  /** Kinds of cells. */
  public enum Cell {
    RNN_RELU(1),
    RNN_TANH(1),
    LSTM(4),
    GRU(3);

    private final int gates;

    Cell(int gates) {
      this.gates = gates;
    }

    /** Returns how often the rows of a weight repeat the units of the state. */
    public int gates() {
      return gates;
    }
  }

  /** Describes an initialized block in one direction that returns its output alone. */
  public static RecurrentOp of(Block block) {
    if ((boolean) read("bidirectional", block) || (boolean) read("returnState", block)) {
      throw new InvalidInputException(
          block.getClass().getSimpleName(),
          "a recurrent block in one direction that returns its output alone",
          "a bidirectional one, or one that returns its state",
          "prune the layers around it, each by itself");
    }
    return new RecurrentOp(
        cell(block),
        Math.toIntExact((long) read("stateSize", block)),
        (int) read("numLayers", block),
        (boolean) read("hasBiases", block),
        (boolean) read("batchFirst", block),
        (float) read("dropRate", block));
  }

  private static Object read(String field, Block block) {
    return Internals.value(RecurrentBlock.class, field, block);
  }

  private static Cell cell(Block block) {
    if (block instanceof LSTM) {
      return Cell.LSTM;
    } else if (block instanceof GRU) {
      return Cell.GRU;
    }
    return Internals.value(RNN.class, "activation", block) == RNN.Activation.RELU
        ? Cell.RNN_RELU
        : Cell.RNN_TANH;
  }

  @Override
  public Block block() {
    return switch (cell) {
      case LSTM -> set(LSTM.builder()).build();
      case GRU -> set(GRU.builder()).build();
      case RNN_RELU -> set(RNN.builder().setActivation(RNN.Activation.RELU)).build();
      case RNN_TANH -> set(RNN.builder().setActivation(RNN.Activation.TANH)).build();
    };
  }

  private <T extends RecurrentBlock.BaseBuilder<T>> T set(T builder) {
    builder.setStateSize(units);
    builder.setNumLayers(layers);
    builder.optHasBiases(biases);
    builder.optBatchFirst(batchFirst);
    builder.optDropRate(dropRate);
    return builder;
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    Wire features = tracer.onAxis(input, 2);
    int[] state = tracer.fresh(units);
    int[] rows = IntStream.range(0, cell.gates() * units).map(row -> state[row % units]).toArray();
    long steps = features.positions();
    for (int layer = 0; layer < layers; layer++) {
      String name = "l_" + layer + "_";
      tracer.bind(name + "i2h_WEIGHT", 0, rows);
      tracer.bind(name + "i2h_WEIGHT", 1, layer == 0 ? features.channels() : state);
      tracer.bind(name + "h2h_WEIGHT", 0, rows);
      tracer.bind(name + "h2h_WEIGHT", 1, state);
      tracer.uses(name + "i2h_WEIGHT", steps);
      tracer.uses(name + "h2h_WEIGHT", steps);
      if (biases) {
        tracer.bind(name + "i2h_BIAS", 0, rows);
        tracer.bind(name + "h2h_BIAS", 0, rows);
      }
    }
    return new Wire(tracer.outputShape(input.shape()), 2, state);
  }

  @Override
  public Op shrink(Cut cut) {
    int left = cut.kept("l_0_h2h_WEIGHT", 1);
    return new RecurrentOp(cell, left, layers, biases, batchFirst, dropRate);
  }
}
