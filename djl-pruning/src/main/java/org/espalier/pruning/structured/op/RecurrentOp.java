package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.pruning.djl.network.Internals;
import org.espalier.sparse.InvalidInputException;

/**
 * A recurrent block over (batch, time, features). A unit of the state stands in the rows of all
 * gates, in the columns of the recurrent weights, and in the columns of the next layer's input
 * weights; DJL gives all layers and both directions one size, so the same unit goes in each. The
 * output has the units of the forward direction before those of the backward one.
 *
 * @param cell which one
 * @param units of the state
 * @param layers one upon the other
 * @param biases whether there are
 * @param batchFirst whether the batch is axis 0
 * @param dropRate between layers, in training
 * @param direction in which the sequence is read; forward where a file says nothing
 */
public record RecurrentOp(
    Cell cell,
    int units,
    int layers,
    boolean biases,
    boolean batchFirst,
    float dropRate,
    Direction direction)
    implements Op {

  /** Ways through a sequence. */
  public enum Direction {
    FORWARD,
    BOTH
  }

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

  /** Takes forward for no direction. */
  public RecurrentOp {
    direction = direction == null ? Direction.FORWARD : direction;
  }

  /**
   * Describes an initialized block that returns its output alone.
   *
   * @throws InvalidInputException if it returns its state too, or has biases in two directions: DJL
   *     0.35.1 lists all weights of a layer before all biases, where libtorch reads weights and
   *     biases of one direction before those of the other, so that such a block computes nothing
   */
  public static RecurrentOp of(Block block) {
    if ((boolean) read("bidirectional", block) && (boolean) read("hasBiases", block)) {
      throw new InvalidInputException(
          block.getClass().getSimpleName(),
          "a recurrent block that DJL can run on PyTorch",
          "one in two directions with biases, whose parameters it gives in the wrong order",
          "build it with optHasBiases(false)");
    }
    if ((boolean) read("returnState", block)) {
      throw new InvalidInputException(
          block.getClass().getSimpleName(),
          "a recurrent block that returns its output alone",
          "one that returns its state",
          "build it without optReturnState, or prune the layers around it, each by itself");
    }
    return new RecurrentOp(
        cell(block),
        Math.toIntExact((long) read("stateSize", block)),
        (int) read("numLayers", block),
        (boolean) read("hasBiases", block),
        (boolean) read("batchFirst", block),
        (float) read("dropRate", block),
        (boolean) read("bidirectional", block) ? Direction.BOTH : Direction.FORWARD);
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
    builder.optBidirectional(direction == Direction.BOTH);
    return builder;
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    Wire features = tracer.onAxis(input, 2);
    int[] state = tracer.fresh(units);
    int[] rows = IntStream.range(0, cell.gates() * units).map(row -> state[row % units]).toArray();
    int[] output = IntStream.range(0, ways().size() * units).map(i -> state[i % units]).toArray();
    long steps = features.positions();
    for (int layer = 0; layer < layers; layer++) {
      for (String way : ways()) {
        String name = way + "_" + layer + "_";
        tracer.bind(name + "i2h_WEIGHT", 0, rows);
        tracer.bind(name + "i2h_WEIGHT", 1, layer == 0 ? features.channels() : output);
        tracer.bind(name + "h2h_WEIGHT", 0, rows);
        tracer.bind(name + "h2h_WEIGHT", 1, state);
        tracer.uses(name + "i2h_WEIGHT", steps);
        tracer.uses(name + "h2h_WEIGHT", steps);
        if (biases) {
          tracer.bind(name + "i2h_BIAS", 0, rows);
          tracer.bind(name + "h2h_BIAS", 0, rows);
        }
      }
    }
    return new Wire(tracer.outputShape(input.shape()), 2, output);
  }

  /** Returns what DJL's names of parameters begin with. */
  private List<String> ways() {
    return direction == Direction.BOTH ? List.of("l", "r") : List.of("l");
  }

  @Override
  public Op shrink(Cut cut) {
    int left = cut.kept("l_0_h2h_WEIGHT", 1);
    return new RecurrentOp(cell, left, layers, biases, batchFirst, dropRate, direction);
  }
}
