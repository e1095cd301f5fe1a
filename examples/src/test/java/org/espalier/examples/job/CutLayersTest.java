package org.espalier.examples.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.hw.workload.Gemm;
import org.espalier.pruning.report.CutLayer;
import org.espalier.pruning.report.Timing;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.junit.jupiter.api.Test;

class CutLayersTest {

  private static final Shape INPUT = new Shape(1, 4);

  /** A microsecond for each product of two numbers. */
  private static final LatencyModel MODEL =
      query -> {
        Gemm gemm = query.product();
        return OptionalDouble.of((double) gemm.m() * gemm.k() * gemm.n());
      };

  @Test
  void shapesAndTimesBeforeAndAfter() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block =
          new SequentialBlock()
              .add(Linear.builder().setUnits(50).build())
              .add(Linear.builder().setUnits(3).build());
      block.initialize(manager, DataType.FLOAT32, INPUT);
      StructuredNetwork before = StructuredNetwork.of(block, INPUT);
      StructuredNetwork after =
          before.pruned(Selection.empty().with(before.prunable().get(0), range(10)));
      List<CutLayer> layers = new CutLayers(MODEL, 2).of(before, after);
      assertEquals(2, layers.size());
      CutLayer first = layers.get(0);
      assertEquals("01Linear_weight", first.name());
      assertEquals(List.of(50, 4), first.shapeBefore());
      assertEquals(List.of(40, 4), first.shapeAfter());
      assertEquals(new Timing(400, 320), first.modelled()); // 50 * 4 * 2, 40 * 4 * 2
      assertTrue(first.verdict().gain());
      assertEquals("predicted 1.25 times as fast as before", first.verdict().reason());
      assertEquals(List.of(3, 40), layers.get(1).shapeAfter());
      StructuredNetwork almost =
          before.pruned(Selection.empty().with(before.prunable().get(0), range(1)));
      CutLayer little = new CutLayers(MODEL, 2).of(before, almost).get(0);
      assertFalse(little.verdict().gain()); // 50 / 49 = 1.02
      after.block().clear();
      almost.block().clear();
    }
  }

  private static int[] range(int count) {
    return IntStream.range(0, count).toArray();
  }
}
