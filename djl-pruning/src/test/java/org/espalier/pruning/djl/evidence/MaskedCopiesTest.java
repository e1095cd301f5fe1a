package org.espalier.pruning.djl.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.loss.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaskedCopiesTest {

  private final NDManager manager = NDManager.newBaseManager();
  private final SequentialBlock network =
      new SequentialBlock()
          .add(Linear.builder().setUnits(2).build())
          .add(BatchNorm.builder().build());
  private Parameter weight;
  private Probe probe;

  @BeforeEach
  void initialize() {
    network.initialize(manager, DataType.FLOAT32, new Shape(4, 3));
    weight = network.getParameters().get("01Linear_weight");
    Mask mask = Mask.ofBytes(new byte[] {0, 1, 1, 1, 1, 0}, 2, 3);
    probe =
        new Probe(
            network,
            Loss.l2Loss(),
            List.of(Networks.classes(manager, new Shape(4, 3), 1)),
            Map.of("01Linear_weight", mask),
            1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** A product with the mask would be -0 and no number. */
  @Test
  void whatIsPrunedIsPlusZero() {
    Networks.set(weight.getArray(), -1, 2, -3, 4, 5, Float.POSITIVE_INFINITY);
    try (MaskedCopies copies = new MaskedCopies(probe)) {
      float[] values = copies.values(weight);
      assertArrayEquals(new float[] {0, 2, -3, 4, 5, 0}, values);
      assertEquals(0, Float.floatToRawIntBits(values[0]));
      assertEquals(0, Float.floatToRawIntBits(values[5]));
    }
    try (MaskedCopies copies =
        new MaskedCopies(probe, DataType.FLOAT64, (parameter, copy) -> copy.neg())) {
      // The change comes after the mask: here it makes -0.
      assertArrayEquals(
          new double[] {-0.0, -2, 3, -4, -5, -0.0}, copies.value(weight).toDoubleArray());
    }
  }

  @Test
  void aParameterThatTheNetworkDoesNotListIsCopiedToo() {
    Parameter hidden = Parameter.builder().setType(Parameter.Type.WEIGHT).setName("w").build();
    hidden.setArray(manager.create(new float[] {-1, 2}));
    try (MaskedCopies copies = new MaskedCopies(probe)) {
      assertArrayEquals(new float[] {-1, 2}, copies.values(hidden));
      copies.value(hidden).muli(0);
    }
    assertArrayEquals(new float[] {-1, 2}, hidden.getArray().toFloatArray());
  }

  @Test
  void aPassKeepsItsRunningStatisticsToItself() {
    Parameter mean = network.getParameters().get("02BatchNorm_runningMean");
    Networks.set(mean.getArray(), 1, -2);
    try (MaskedCopies copies = new MaskedCopies(probe);
        StillNetwork still = new StillNetwork(network, copies);
        NDManager scratch = copies.newManager()) {
      PassStore pass = still.pass(scratch);
      NDArray trained = pass.getValue(mean, scratch.getDevice(), true);
      assertSame(trained, pass.getValue(mean, scratch.getDevice(), false));
      assertNotSame(trained, still.pass(scratch).getValue(mean, scratch.getDevice(), true));
      network.forward(pass, probe.batches().get(0).data(), true);
      assertFalse(Arrays.equals(new float[] {1, -2}, trained.toFloatArray()));
      assertArrayEquals(new float[] {1, -2}, copies.values(mean));
      assertArrayEquals(new float[] {1, -2}, mean.getArray().toFloatArray());
    }
  }
}
