package org.espalier.pruning.structured.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.recurrent.LSTM;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class RecurrentOpTest {

  private static final Shape SEQUENCE = new Shape(1, 4, 5);

  private static LSTM.Builder lstm() {
    return LSTM.builder().setStateSize(3).setNumLayers(2);
  }

  /** Gates i, f, g, o of 3 units each: unit 1 has rows 1, 4, 7 and 10 of every weight. */
  @Test
  void oneUnitHasARowInEveryGateAndAColumnInEveryLayer() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = lstm().build();
      block.initialize(manager, DataType.FLOAT32, SEQUENCE);
      Op op = RecurrentOp.of(block);
      ChannelLedger ledger = new ChannelLedger();
      Wire input = new Wire(SEQUENCE, 2, ledger.fresh(5));
      Wire output = op.trace(input, new Tracer(ledger, block));
      assertEquals(new Shape(1, 4, 3), output.shape());
      List<Slice> unit = ledger.sets().get(ledger.find(output.channels()[1]));
      assertArrayEquals(new int[] {1, 4, 7, 10}, indices(unit, "l_0_i2h_WEIGHT", 0));
      assertArrayEquals(new int[] {1, 4, 7, 10}, indices(unit, "l_1_h2h_BIAS", 0));
      assertArrayEquals(new int[] {1}, indices(unit, "l_0_h2h_WEIGHT", 1));
      assertArrayEquals(new int[] {1}, indices(unit, "l_1_i2h_WEIGHT", 1));
      assertEquals(0, indices(unit, "l_0_i2h_WEIGHT", 1).length);
      assertEquals(4L, ledger.uses().get("l_0_h2h_WEIGHT"));
      assertEquals(2, ((RecurrentOp) op.shrink(new Cut(block, unit))).units());
    }
  }

  private static int[] indices(List<Slice> slices, String parameter, int axis) {
    return slices.stream()
        .filter(slice -> slice.parameter().equals(parameter) && slice.axis() == axis)
        .mapToInt(Slice::index)
        .toArray();
  }

  /** Units 0, 1, 2 forward, then backward: unit 1 is what is put out at 1 and 4. */
  @Test
  void aUnitGoesInBothDirections() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = lstm().optBidirectional(true).optHasBiases(false).build();
      block.initialize(manager, DataType.FLOAT32, SEQUENCE);
      ChannelLedger ledger = new ChannelLedger();
      Wire input = new Wire(SEQUENCE, 2, ledger.fresh(5));
      Op op = RecurrentOp.of(block);
      Wire output = op.trace(input, new Tracer(ledger, block));
      assertEquals(new Shape(1, 4, 6), output.shape());
      assertEquals(output.channels()[1], output.channels()[4]);
      List<Slice> unit = ledger.sets().get(ledger.find(output.channels()[1]));
      assertArrayEquals(new int[] {1, 4, 7, 10}, indices(unit, "r_0_i2h_WEIGHT", 0));
      assertArrayEquals(new int[] {1}, indices(unit, "r_0_h2h_WEIGHT", 1));
      assertArrayEquals(new int[] {1, 4}, indices(unit, "l_1_i2h_WEIGHT", 1));
      assertArrayEquals(new int[] {1, 4}, indices(unit, "r_1_i2h_WEIGHT", 1));
      assertEquals(4L, ledger.uses().get("r_1_h2h_WEIGHT"));
      assertEquals(2, ((RecurrentOp) op.shrink(new Cut(block, unit))).units());
    }
  }

  @Test
  void biasesInTwoDirectionsAreRefused() {
    Block block = lstm().optBidirectional(true).build();
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> RecurrentOp.of(block));
    assertEquals("LSTM", e.place());
    assertTrue(e.found().contains("two directions with biases"), e.found());
    assertEquals("build it with optHasBiases(false)", e.remedy());
  }

  @Test
  void statesThatAreReturnedAreRefused() {
    Block block = lstm().optReturnState(true).build();
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> RecurrentOp.of(block));
    assertEquals("LSTM", e.place());
    assertEquals("a recurrent block that returns its output alone", e.expected());
    assertTrue(e.remedy().contains("optReturnState"), e.remedy());
  }
}
