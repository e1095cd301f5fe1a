package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Arrays;

/** Follows channels through one block: the {@link ChannelLedger} as its op sees it. */
public final class Tracer {

  private final ChannelLedger ledger;
  private final Block block;
  private final String prefix;

  /**
   * @param ledger of the network
   * @param network the block of the whole network
   */
  public Tracer(ChannelLedger ledger, Block network) {
    this(ledger, network, "");
  }

  private Tracer(ChannelLedger ledger, Block block, String prefix) {
    this.ledger = ledger;
    this.block = block;
    this.prefix = prefix;
  }

  /** Returns the tracer of a child block, counted from 0. */
  public Tracer child(int index) {
    String key = block.getChildren().get(index).getKey();
    return new Tracer(ledger, block.getChildren().get(index).getValue(), prefix + key + "_");
  }

  /** Returns the place of the block in the network, as DJL joins names of its parameters. */
  public String path() {
    return prefix.isEmpty() ? "the network" : prefix.substring(0, prefix.length() - 1);
  }

  /** Returns the extent of a parameter of this block along an axis. */
  public int extent(String parameter, int axis) {
    return Math.toIntExact(
        block.getDirectParameters().get(parameter).getArray().getShape().get(axis));
  }

  /** Returns the shape of the block's output. */
  public Shape outputShape(Shape input) {
    return block.getOutputShapes(new Shape[] {input})[0];
  }

  /** Returns ids of new channels. */
  public int[] fresh(int count) {
    return ledger.fresh(count);
  }

  /** Index i along an axis of a parameter goes when {@code channels[i]} goes. */
  public void bind(String parameter, int axis, int[] channels) {
    for (int i = 0; i < channels.length; i++) {
      bind(parameter, axis, i, channels[i]);
    }
  }

  /** One index along an axis of a parameter goes when a channel goes. */
  public void bind(String parameter, int axis, int index, int channel) {
    ledger.bind(new Slice(prefix + parameter, axis, index), channel);
  }

  /** Channels that go together. */
  public void unite(int one, int other) {
    ledger.unite(one, other);
  }

  /** Channels that must stay, for example because an op mixes them. */
  public void keep(int[] channels, String reason) {
    ledger.keep(channels, path() + ": " + reason);
  }

  /** Each entry of a parameter of this block is multiplied so often for one example. */
  public void uses(String parameter, long positions) {
    ledger.uses(prefix + parameter, positions);
  }

  /**
   * Returns the tensor with its channels counted along another axis. A block that works along
   * another axis than the one that was followed lets no channel of it go.
   */
  public Wire onAxis(Wire wire, int axis) {
    if (wire.axis() == axis) {
      return wire;
    }
    String reason = "works along axis " + axis + " of a tensor whose channels are on another";
    keep(wire.channels(), reason);
    int[] others = fresh(Math.toIntExact(wire.shape().get(axis)));
    keep(others, reason);
    return new Wire(wire.shape(), axis, others);
  }

  /**
   * Returns a tensor without an axis, for ops that take one index or a mean along it. Channels that
   * were counted along it are mixed and stay.
   *
   * @param wire with three axes or more
   * @param axis not the batch's
   */
  public Wire withoutAxis(Wire wire, int axis) {
    int other = axis == 1 ? 2 : 1;
    Wire read = wire.axis() == axis ? onAxis(wire, other) : wire;
    Shape shape = read.shape().slice(0, axis).addAll(read.shape().slice(axis + 1));
    return new Wire(shape, read.axis() - (axis < read.axis() ? 1 : 0), read.channels());
  }

  /** Unites the channels of two tensors index by index. */
  public void unite(Wire one, Wire other) {
    if (one.axis() != other.axis() || one.channels().length != other.channels().length) {
      throw new IllegalArgumentException(
          path() + ": channels of " + one.shape() + " and " + other.shape() + " do not match");
    }
    for (int i = 0; i < one.channels().length; i++) {
      unite(one.channels()[i], other.channels()[i]);
    }
  }

  @Override
  public String toString() {
    return path() + Arrays.toString(block.getInputShapes());
  }
}
