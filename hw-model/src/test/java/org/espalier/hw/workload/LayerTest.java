package org.espalier.hw.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;

class LayerTest {

  private static final Window THREE = new Window(3, 1, 1, 1);

  /** 16 images of 8 x 6 x 6, four groups, to 12 channels: groups of 3 x 18, and 16 * 36 columns. */
  private static final Convolution GROUPED =
      new Convolution(new ConvolutionShape(8, 6, 6, 12, THREE, THREE, 4), 16);

  @Test
  void aConvolutionIsAProductPerGroup() {
    assertEquals(new Gemm(3, 18, 576), GROUPED.gemm());
    assertEquals(4, GROUPED.products());
    assertEquals(12, GROUPED.weightRows());
    assertEquals(18, GROUPED.weightColumns());
    assertEquals(8, GROUPED.activationRows());
    assertEquals(576, GROUPED.activationColumns());
    assertEquals(4.0 * 3 * 18 * 576, GROUPED.denseMacs());
    assertEquals(36, GROUPED.positions());
  }

  @Test
  void layersChangeByParts() {
    Layer layer =
        Layer.dense("conv", GROUPED)
            .withWeights(SparsityPattern.parse("unstructured"), 0.25)
            .withActivations(0.5)
            .withType(DataType.INT8);
    assertEquals(54, layer.weights().nonZeros());
    assertEquals(0.5, layer.activations().density());
    assertEquals(GROUPED.denseMacs() / 4, layer.weightMacs());
    assertTrue(layer.dense().weights().isDense());
    assertEquals(DataType.INT8, layer.dense().type());
  }

  @Test
  void structuredPatternsHaveOneDensity() {
    Layer layer = Layer.dense("fc", new Gemm(4, 8, 2));
    SparsityPattern halves = SparsityPattern.parse("2:4");
    assertEquals(new Structured(4, 8, 2, 4), layer.withWeights(halves, 0.5).weights());
    InvalidInputException density =
        assertThrows(InvalidInputException.class, () -> layer.withWeights(halves, 0.1));
    assertTrue(density.expected().startsWith("density 0.5"), density::getMessage);
    Layer odd = Layer.dense("odd", new Gemm(4, 6, 2));
    assertThrows(InvalidInputException.class, () -> odd.withWeights(halves, 0.5));
  }

  @Test
  void refusesOperandsOfOtherSizes() {
    Layer layer = Layer.dense("fc", new Gemm(4, 8, 2));
    InvalidInputException weights =
        assertThrows(InvalidInputException.class, () -> layer.withWeights(Uniform.dense(8, 4)));
    assertEquals("layer 'fc', weights", weights.place());
    assertEquals("4 x 8", weights.expected());
    assertEquals("8 x 4", weights.found());
    assertThrows(InvalidInputException.class, () -> new Gemm(0, 1, 1));
    assertThrows(InvalidInputException.class, () -> new Gemm(1 << 16, 1, 1 << 15));
    assertThrows(InvalidInputException.class, () -> new Convolution(GROUPED.shape(), 0));
    assertThrows(InvalidInputException.class, () -> DataType.parse("fp17"));
    assertEquals(DataType.BF16, DataType.parse("BF16"));
  }
}
