package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The slices that are to go, as one block sees them. */
public final class Cut {

  private record Axis(String parameter, int axis) {}

  private final Map<Axis, BitSet> gone;
  private final Block block;
  private final String prefix;

  /**
   * @param network the block of the whole network
   * @param slices that go
   */
  public Cut(Block network, Collection<Slice> slices) {
    this(new HashMap<>(), network, "");
    for (Slice slice : slices) {
      gone.computeIfAbsent(new Axis(slice.parameter(), slice.axis()), key -> new BitSet())
          .set(slice.index());
    }
  }

  private Cut(Map<Axis, BitSet> gone, Block block, String prefix) {
    this.gone = gone;
    this.block = block;
    this.prefix = prefix;
  }

  /** Returns the cut of a child block, counted from 0. */
  public Cut child(int index) {
    String key = block.getChildren().get(index).getKey();
    return new Cut(gone, block.getChildren().get(index).getValue(), prefix + key + "_");
  }

  /** Returns the block that is cut. */
  public Block block() {
    return block;
  }

  /** Returns how many indices of a parameter of this block stay along an axis. */
  public int kept(String parameter, int axis) {
    long extent = shape(parameter).get(axis);
    return Math.toIntExact(extent) - goneFrom(parameter, axis).cardinality();
  }

  /** Returns which indices of a parameter of this block stay along an axis, ascending. */
  public int[] indices(String parameter, int axis) {
    int extent = Math.toIntExact(shape(parameter).get(axis));
    BitSet stay = (BitSet) goneFrom(parameter, axis).clone();
    stay.flip(0, extent);
    return stay.stream().toArray();
  }

  private BitSet goneFrom(String parameter, int axis) {
    return gone.getOrDefault(new Axis(prefix + parameter, axis), new BitSet());
  }

  private Shape shape(String parameter) {
    Parameter own = block.getDirectParameters().get(parameter);
    return own.getArray().getShape();
  }
}
