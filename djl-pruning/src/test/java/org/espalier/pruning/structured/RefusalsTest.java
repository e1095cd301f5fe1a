package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused: where, what was expected, what was found, and what to do. */
class RefusalsTest {

  private static final Shape INPUT = new Shape(2, 4);

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private Block initialized(Block... blocks) {
    Block network = new SequentialBlock().addAll(blocks);
    network.initialize(manager, DataType.FLOAT32, INPUT);
    return network;
  }

  private InvalidInputException refused(Block... blocks) {
    Block network = initialized(blocks);
    return assertThrows(InvalidInputException.class, () -> StructuredNetwork.of(network, INPUT));
  }

  private static void check(
      InvalidInputException e, String place, String expected, String found, String remedy) {
    assertEquals(place, e.place());
    assertEquals(expected, e.expected());
    assertTrue(e.found().contains(found), e.found());
    assertTrue(e.remedy().contains(remedy), e.remedy());
  }

  /** Not a block of DJL's, whatever it computes. */
  private static final class Own extends AbstractBlock {

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      return new NDList(inputs.head().add(1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
      return shapes;
    }
  }

  @Test
  void blocksThatAreNotUnderstood() {
    String expected = "a block of DJL's that structured pruning understands";
    check(
        refused(linear(3), LambdaBlock.singleton(x -> x.mul(3).sin()), linear(2)),
        "02LambdaBlock",
        expected,
        "a function that computes none of the known ops",
        "say what it computes: Hints.none().with(\"02LambdaBlock\", op)");
    check(
        refused(linear(3), new Own(), linear(2)),
        "02Own",
        expected,
        Own.class.getName(),
        "Hints.none().with(\"02Own\", op)");
    Block difference =
        new ParallelBlock(
            lists -> new NDList(lists.get(0).head().sub(lists.get(1).head())),
            List.of(linear(3), linear(3)));
    check(
        refused(difference, linear(2)),
        "01ParallelBlock",
        expected,
        "neither adds, multiplies nor concatenates",
        "Hints.none().with(\"01ParallelBlock\", op)");
  }

  @Test
  void sharedParameters() {
    Linear shared = linear(4);
    check(
        refused(shared, shared),
        "02Linear_weight",
        "a parameter that one block uses",
        "one that several share",
        "give each block its own parameters");
  }

  @Test
  void groupsThatWouldBeEmptied() {
    StructuredNetwork network = StructuredNetwork.of(initialized(linear(3), linear(2)), INPUT);
    ChannelGroup units = network.prunable().get(0);
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> Selection.empty().with(units, 0, 1).with(units, 2));
    check(
        e,
        "group 01Linear_weight",
        "a selection that leaves a channel",
        "all 3",
        "choose fewer or other channels");
  }

  @Test
  void outputsAndInputs() {
    StructuredNetwork network = StructuredNetwork.of(initialized(linear(3), linear(2)), INPUT);
    int refused = 0;
    for (ChannelGroup group : network.groups()) {
      if (!group.prunable()) {
        InvalidInputException e =
            assertThrows(InvalidInputException.class, () -> Selection.empty().with(group, 0));
        boolean output = group.name().equals("02Linear_weight");
        check(
            e,
            "group " + group.name(),
            "channels that may go",
            output ? "output" : "input",
            "choose fewer or other channels");
        refused++;
      }
    }
    assertEquals(2, refused);
  }
}
