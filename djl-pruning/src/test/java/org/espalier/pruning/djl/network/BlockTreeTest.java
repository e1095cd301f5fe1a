package org.espalier.pruning.djl.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockTreeTest {

  /** Names one child; keeps the others where only reflection finds them. */
  private static class Secretive extends AbstractBlock {

    static final Block SHARED_BY_ALL = dropout();

    final Block child = addChildBlock("child", dropout());
    final Dropout field = dropout();
    final Object untyped = new SequentialBlock().add(dropout());
    final List<Object> list = Arrays.asList(dropout(), null, "no block", child);
    final Block nothing = null;

    private static Dropout dropout() {
      return Dropout.builder().build();
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList in, boolean training, PairList<String, Object> params) {
      return in;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }

  /** Its own fields are those of its superclass. */
  private static final class Heir extends Secretive {}

  @Test
  void blocksInFieldsAndListsAreFoundOnce() {
    Heir secretive = new Heir();
    SequentialBlock network = new SequentialBlock().add(secretive).add(secretive.child);
    Block inner = (Block) secretive.untyped;
    List<Block> found = BlockTree.blocks(network);
    assertSame(network, found.get(0));
    assertEquals(7, found.size());
    assertEquals(
        Set.of(
            network,
            secretive,
            secretive.child,
            secretive.field,
            inner,
            inner.getChildren().get(0).getValue(),
            (Block) secretive.list.get(0)),
        new HashSet<>(found));
  }
}
