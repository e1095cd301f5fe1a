package org.espalier.hw.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;

class SparseWorkTest {

  /**
   * Counted by hand. Columns of four rows: 1111, 0110, 0001. Pairs (rows 0-1, 2-3) with a weight: 2
   * + 2 + 1 = 5; fours: 3; non-zeros: 7.
   */
  @Test
  void countsTheGroupsOfAMask() {
    Mask mask = Mask.ofNonZeros(new float[] {1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1}, 4, 3);
    Layer layer = Layer.dense("hand", new Gemm(4, 3, 16)).withWeights(new Actual(mask));
    SparseWork work = SparseWork.of(layer);
    assertEquals(7, work.nonZeros());
    assertEquals(5, work.pairs(), 1e-12);
    assertEquals(3, work.fours(), 1e-12);
    assertEquals(3.0 / 7, work.loads(4), 1e-12);
  }

  /** Of two rows at density .5, a column has a weight with probability 3/4: 8 pairs, 6 places. */
  @Test
  void modelsExpectPlaces() {
    SparseWork work = of("unstructured", 4, 400, 0.5);
    assertEquals(800, work.nonZeros());
    assertEquals(600, work.pairs(), 1); // drawn without replacement: a trace more
    assertEquals(375, work.fours(), 1);
  }

  @Test
  void rowsOfABlockShareTheirColumns() {
    assertEquals(200, of("block:4x1", 4, 400, 0.5).fours(), 1e-9);
    assertEquals(200, of("block:8x1", 8, 200, 0.5).fours(), 1e-9);
    // Two blocks of 2 x 1 in four rows: 3 of 4 columns of four rows have one.
    assertEquals(300, of("block:2x1", 4, 400, 0.5).fours(), 1e-9);
    assertEquals(400, of("block:2x1", 4, 400, 0.5).pairs(), 1e-9);
    assertEquals(200, of("channel", 4, 400, 0.5).fours(), 1e-9);
  }

  private static SparseWork of(String pattern, int m, int k, double density) {
    return SparseWork.of(
        Layer.dense("model", new Gemm(m, k, 16))
            .withWeights(SparsityPattern.parse(pattern), density));
  }

  /** 8 output channels in 2 groups, 3 x 3 on 4 channels each, 6 x 6 outputs: 4 x 36 times 36. */
  @Test
  void aConvolutionIsItsLoweredProduct() {
    Window window = new Window(3, 1, 1, 1);
    ConvolutionShape shape = new ConvolutionShape(8, 6, 6, 8, window, window, 2);
    Layer layer =
        Layer.dense("conv", new Convolution(shape, 2))
            .withWeights(SparsityPattern.parse("unstructured"), 0.25);
    SparseWork work = SparseWork.of(layer);
    assertEquals(4, work.m());
    assertEquals(36, work.k());
    assertEquals(72, work.n());
    assertEquals(36, work.nonZeros(), 1e-9);
  }
}
