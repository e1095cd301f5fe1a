package org.espalier.pruning.structured;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.op.Cut;
import org.espalier.pruning.structured.op.Op;
import org.espalier.sparse.InvalidInputException;

/**
 * A DJL network whose channels can be removed: what belongs together is known, and a smaller
 * network can be built. The network itself is never changed.
 *
 * <p>A block that hides what it computes is probed; that the description is right as a whole is
 * proven by running it beside the original once. What cannot be understood is refused.
 */
public final class StructuredNetwork {

  private final Block block;
  private final List<Input> inputs;
  private final Op op;
  private final DependencyGraph graph;

  private StructuredNetwork(Block block, List<Input> inputs, Op op) {
    this.block = block;
    this.inputs = List.copyOf(inputs);
    this.op = op;
    this.graph = new DependencyGraph(op, block, inputs.stream().map(Input::shape).toList());
  }

  /** Analyses a network without hints; see {@link #of(Block, Shape, Hints)}. */
  public static StructuredNetwork of(Block block, Shape input) {
    return of(block, input, Hints.none());
  }

  /**
   * Analyses a network.
   *
   * @param block initialized
   * @param input shape of its only input, with the batch on axis 0
   * @param hints what is known of blocks that probing does not understand
   * @throws InvalidInputException if a block is not understood, a parameter is shared or has no
   *     values, or the description computes something else than the network
   */
  public static StructuredNetwork of(Block block, Shape input, Hints hints) {
    return of(block, List.of(new DataDesc(input)), hints);
  }

  /**
   * Analyses a network with several inputs, or with integers as input.
   *
   * @param block initialized
   * @param inputs shapes with the batch on axis 0, and data types; integers must be allowed to be 0
   *     and 1 (ids of tokens, masks)
   * @param hints what is known of blocks that probing does not understand
   * @throws InvalidInputException as {@link #of(Block, Shape, Hints)}
   */
  public static StructuredNetwork of(Block block, List<DataDesc> inputs, Hints hints) {
    requireOwnParameters(block);
    List<Input> read = inputs.stream().map(Input::of).toList();
    Op op = new NetworkReader(hints).read(block, shapes(read), "");
    StructuredNetwork network = new StructuredNetwork(block, read, op);
    Faithfulness.require(block, network.without(Selection.empty()), read);
    return network;
  }

  /**
   * Takes a network that was built from its description.
   *
   * @param op that built the block
   * @param block initialized
   * @param inputs that it reads
   */
  public static StructuredNetwork of(Op op, Block block, List<Input> inputs) {
    return new StructuredNetwork(block, inputs, op);
  }

  /** Returns the network itself. */
  public Block block() {
    return block;
  }

  /** Returns the description of the network. */
  public Op op() {
    return op;
  }

  /** Returns all groups of channels, those that must stay too, in the order of the network. */
  public List<ChannelGroup> groups() {
    return graph.groups();
  }

  /** Returns the groups whose channels may go. */
  public List<ChannelGroup> prunable() {
    return groups().stream().filter(ChannelGroup::prunable).toList();
  }

  /** Returns what the network costs once a selection has gone. */
  public NetworkSize size(Selection selection) {
    Map<String, int[]> shapes = shapes(selection);
    long parameters = 0;
    long flops = 0;
    for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
      long elements = 1;
      for (int extent : entry.getValue()) {
        elements *= extent;
      }
      parameters += elements;
      flops += 2 * elements * graph.uses().getOrDefault(entry.getKey(), 0L);
    }
    return new NetworkSize(parameters, flops);
  }

  /** Returns the extents of all parameters by path, once a selection has gone. */
  public Map<String, int[]> shapes(Selection selection) {
    Map<String, int[]> shapes = shapes();
    selection.slices().stream()
        .distinct()
        .forEach(slice -> shapes.get(slice.parameter())[slice.axis()]--);
    return shapes;
  }

  /** Returns how often entries of a parameter are multiplied for one example; 0 for biases. */
  public long uses(String parameter) {
    return graph.uses().getOrDefault(parameter, 0L);
  }

  /** Returns what the network costs now. */
  public NetworkSize size() {
    return size(Selection.empty());
  }

  /** Returns the description of the network once a selection has gone. */
  public Op op(Selection selection) {
    return op.shrink(new Cut(block, selection.slices()));
  }

  /**
   * Builds the network without some channels, with copies of what stays of the parameters.
   *
   * @param selection channels that go
   * @return a new block, initialized for the same input, that belongs to nobody's manager but its
   *     own: closing it is the caller's ({@link Block#clear()})
   */
  public Block without(Selection selection) {
    Cut cut = new Cut(block, selection.slices());
    return built(op.shrink(cut), cut);
  }

  /**
   * Builds another network of the same form, with copies of the parameters: for example one whose
   * layers drop out in training, or one without some of them ({@link LayerSelection}).
   *
   * @param other description whose blocks have the parameters that this network's have, or none
   * @return a new block, as {@link #without} returns it
   */
  public Block rebuilt(Op other) {
    return built(other, new Cut(block, List.of()));
  }

  private Block built(Op description, Cut cut) {
    Block built = description.block();
    NDManager manager = NDManager.newBaseManager();
    built.initialize(manager, DataType.FLOAT32, shapes(inputs));
    new Removal(manager).copy(cut, built);
    return built;
  }

  /** Returns the paths of all parameters, in the order of the network. */
  public List<String> parameters() {
    return List.copyOf(shapes().keySet());
  }

  /**
   * Builds the network without some channels, ready to lose more: what is known of its form needs
   * no probing again.
   *
   * @param selection channels that go
   * @return of a new block, as {@link #without} builds it
   */
  public StructuredNetwork pruned(Selection selection) {
    return new StructuredNetwork(without(selection), inputs, op(selection));
  }

  /** Returns what the network reads. */
  public List<Input> inputs() {
    return inputs;
  }

  private static Shape[] shapes(List<Input> inputs) {
    return inputs.stream().map(Input::shape).toArray(Shape[]::new);
  }

  /** Returns the groups as tables. */
  public String table() {
    return groups().stream()
        .map(ChannelGroup::table)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private Map<String, int[]> shapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (Pair<String, Parameter> pair : block.getParameters()) {
      shapes.put(pair.getKey(), HostValues.shape(pair.getValue().getArray()));
    }
    return shapes;
  }

  private static void requireOwnParameters(Block block) {
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Pair<String, Parameter> pair : block.getParameters()) {
      if (!pair.getValue().isInitialized()) {
        throw new InvalidInputException(
            pair.getKey(), "a parameter with values", "none", "initialize the network first");
      }
      if (!seen.add(pair.getValue())) {
        throw new InvalidInputException(
            pair.getKey(),
            "a parameter that one block uses",
            "one that several share",
            "give each block its own parameters: what one can lose, the other may need");
      }
    }
  }
}
