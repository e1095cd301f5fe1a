package org.espalier.examples.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.Optional;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Selection;
import org.junit.jupiter.api.Test;

/** The two sides of a measurement must compute the same layer, or their times mean nothing. */
class SparseLayerTest {

  private static Optional<SparseLayer> prepare(NDManager manager, Block block, NDArray input) {
    block.initialize(manager, DataType.FLOAT32, input.getShape());
    NDArray weight = block.getDirectParameters().get("weight").getArray();
    float[] values = weight.toFloatArray();
    int kept = (int) Counts.kept(0.7, values.length);
    Mask mask = Mask.ofWords(new int[] {values.length}, Selection.largest(values.clone(), kept));
    mask.applyTo(values);
    weight.set(values);
    if (block.getDirectParameters().contains("bias")) {
      NDArray bias = block.getDirectParameters().get("bias").getArray();
      bias.addi(manager.arange(bias.size()).mul(0.1f));
    }
    return SparseLayer.of(block, new NDList(input), new ParameterStore(manager, false));
  }

  private static float[] dense(NDManager manager, Block block, NDArray input) {
    return block
        .forward(new ParameterStore(manager, false), new NDList(input), false)
        .singletonOrThrow()
        .toFloatArray();
  }

  @Test
  void linearLayersAgree() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = Linear.builder().setUnits(5).build();
      NDArray input = manager.randomNormal(new Shape(7, 11));
      SparseLayer layer = prepare(manager, block, input).orElseThrow();
      assertEquals(7, layer.n());
      assertEquals(17, layer.weights().nonZeros()); // 16.5 of 55, rounded up
      float[] sparse = layer.sparse();
      float[] dense = dense(manager, block, input);
      for (int image = 0; image < 7; image++) {
        for (int unit = 0; unit < 5; unit++) {
          assertEquals(dense[image * 5 + unit], sparse[unit * 7 + image], 1e-5);
        }
      }
    }
  }

  @Test
  void convolutionsAgree() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block =
          Conv2d.builder()
              .setFilters(4)
              .setKernelShape(new Shape(3, 2))
              .optStride(new Shape(2, 1))
              .optPadding(new Shape(1, 0))
              .build();
      NDArray input = manager.randomNormal(new Shape(3, 2, 7, 6));
      SparseLayer layer = prepare(manager, block, input).orElseThrow();
      int positions = 4 * 5; // (7 + 2 - 3) / 2 + 1 rows, 6 - 2 + 1 columns
      assertEquals(3 * positions, layer.n());
      float[] sparse = layer.sparse();
      float[] dense = dense(manager, block, input);
      for (int image = 0; image < 3; image++) {
        for (int filter = 0; filter < 4; filter++) {
          for (int p = 0; p < positions; p++) {
            assertEquals(
                dense[(image * 4 + filter) * positions + p],
                sparse[(image * 4 + filter) * positions + p],
                1e-5);
          }
        }
      }
    }
  }

  @Test
  void groupedAndDilatedConvolutionsAgree() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block =
          Conv2d.builder()
              .setFilters(4)
              .setKernelShape(new Shape(3, 3))
              .optDilation(new Shape(2, 1))
              .optGroups(2)
              .build();
      NDArray input = manager.randomNormal(new Shape(2, 6, 9, 8));
      SparseLayer layer = prepare(manager, block, input).orElseThrow();
      assertArrayEquals(dense(manager, block, input), layer.sparse(), 1e-5f);
    }
  }

  @Test
  void otherBlocksAreLeftOut() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList input = new NDList(manager.ones(new Shape(1, 2, 4, 4)));
      ParameterStore parameters = new ParameterStore(manager, false);
      Block pool = Pool.maxPool2dBlock(new Shape(2, 2));
      assertTrue(SparseLayer.of(pool, input, parameters).isEmpty());
    }
  }
}
