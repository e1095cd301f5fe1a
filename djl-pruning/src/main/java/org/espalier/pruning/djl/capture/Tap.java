package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import ai.djl.nn.ParameterList;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/**
 * Stands in for a block and shows its observers what goes in and out. Only for forward passes: it
 * has no parameters or children of its own and shows the original's.
 *
 * @param original what it stands in for
 * @param inputs told the inputs
 * @param outputs told the outputs, each the one that the observer before it returned
 */
record Tap(Block original, List<Observer> inputs, List<Observer> outputs) {

  /** Returns a block that can take the original's place. */
  Block block() {
    return new TapBlock(this);
  }

  private NDList forward(
      ParameterStore store, NDList in, boolean training, PairList<String, Object> params) {
    inputs.forEach(observer -> observer.input(in.head()));
    NDList out = original.forward(store, in, training, params);
    if (outputs.isEmpty()) {
      return out;
    }
    NDArray head = out.head();
    for (Observer observer : outputs) {
      head = observer.output(head);
    }
    NDList seen = new NDList(out);
    seen.set(0, head);
    return seen;
  }

  /** Is a linear layer because attention keeps its projections in fields of that type. */
  private static final class TapBlock extends Linear {

    private final Tap tap;

    TapBlock(Tap tap) {
      super(Linear.builder().setUnits(1));
      this.tap = tap;
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList in, boolean training, PairList<String, Object> params) {
      return tap.forward(store, in, training, params);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return tap.original.getOutputShapes(inputShapes);
    }

    @Override
    public Shape[] getInputShapes() {
      return tap.original.getInputShapes();
    }

    @Override
    public boolean isInitialized() {
      return tap.original.isInitialized();
    }

    @Override
    public BlockList getChildren() {
      return tap.original.getChildren();
    }

    @Override
    public ParameterList getDirectParameters() {
      return tap.original.getDirectParameters();
    }
  }
}
