package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.Convolutions;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the checked face refuses and reports, and sizes at which layouts change. */
class PackedConvolutionFaceTest {

  private static final Window THREE = new Window(3, 1, 1);

  private static PackedConvolution packed(ConvolutionShape shape, double sparsity, String kernels) {
    float[] weights = SparseMatrices.dense(3, shape.weightRows(), shape.weightColumns(), sparsity);
    Csr matrix = Csr.ofDense(weights, shape.weightRows(), shape.weightColumns());
    return PackedConvolution.of(matrix, shape, KernelProvider.of(kernels));
  }

  @Test
  void refusesWeightsOfAnotherShape() {
    ConvolutionShape shape = new ConvolutionShape(2, 4, 4, 3, THREE, THREE, 1);
    Csr matrix = Csr.ofDense(new float[3 * 17], 3, 17);
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> PackedConvolution.of(matrix, shape));
    assertEquals("3 x 17", refused.found());
  }

  @Test
  void refusesWhatDoesNotFit() {
    ConvolutionShape shape = new ConvolutionShape(2, 4, 4, 3, THREE, THREE, 1);
    PackedConvolution packed = packed(shape, 0.5, "simd");
    float[] in = new float[2 * 32];
    float[] out = new float[2 * 48];
    Epilogue none = Epilogue.NONE;
    refuses(() -> packed.convolve(in, 0, out, none));
    refuses(() -> packed.convolve(in, 1, out, none));
    refuses(() -> packed.convolve(new float[63], 2, out, none));
    refuses(() -> packed.convolve(in, 2, new float[97], none));
    refuses(() -> packed.convolve(in, Integer.MAX_VALUE, out, none));
    refuses(() -> packed.convolve(in, 2, out, new Epilogue(new float[2], false)));
    refuses(() -> packed.convolve(in, 2, out, new Epilogue(null, new float[48], false)));
    refuses(() -> packed.convolve(in, 2, out, new Epilogue(null, out, false)));
  }

  private static void refuses(Runnable call) {
    assertThrows(IllegalArgumentException.class, call::run);
  }

  @Test
  void refusesToWriteOverItsInput() {
    ConvolutionShape shape = new ConvolutionShape(3, 4, 4, 3, THREE, THREE, 1);
    float[] both = new float[48];
    refuses(() -> packed(shape, 0.5, "simd").convolve(both, 1, both, Epilogue.NONE));
  }

  @Test
  void saysWhatItChose() {
    ConvolutionShape depthwise = new ConvolutionShape(4, 9, 9, 4, THREE, THREE, 4);
    assertEquals("depthwise", packed(depthwise, 0.5, "simd").kernel());
    ConvolutionShape usual = new ConvolutionShape(16, 14, 14, 32, THREE, THREE, 1);
    PackedConvolution packed = packed(usual, 0.9, "simd-512");
    assertEquals("tiles-groups1-7x16", packed.kernel());
    assertTrue(packed.toString().contains(packed.reason()));
  }

  /** Many blocks of planes, sums in several chunks, a plane deeper than a block, long rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "130 5 17 5 3 1 1 1", // blocks
        "2 7 7 2500 3 1 1 1", // more sums than fit
        "1 1 3000 2 1 1 0 1", // a flat image
        "1 3000 1 2 3 1 1 1", // a high image, narrower than any vector
        "3 130 5 3 61 2 30 3", // a tall window, depthwise
        "2 9 9 3 3 1 1000 1", // hardly anything but padding
      })
  void agreesWithDoublePrecisionWhereLayoutsChange(String sizes) {
    int[] s = Arrays.stream(sizes.split(" ")).mapToInt(Integer::parseInt).toArray();
    Window vertical = new Window(s[4], s[5], Math.min(s[6], 30));
    Window horizontal = new Window(Math.min(s[4], 3), 1, s[6]);
    ConvolutionShape shape =
        new ConvolutionShape(s[0], s[1], s[2], s[3], vertical, horizontal, s[7]);
    for (String kernels : new String[] {"scalar", "simd"}) {
      float[] weights = SparseMatrices.dense(3, shape.weightRows(), shape.weightColumns(), 0.9);
      Csr matrix = Csr.ofDense(weights, shape.weightRows(), shape.weightColumns());
      PackedConvolution packed = PackedConvolution.of(matrix, shape, KernelProvider.of(kernels));
      float[] input = SparseMatrices.dense(4, 1, shape.inputLength(), 0);
      float[] output = new float[shape.outputLength()];
      Arrays.fill(output, Float.NaN);
      packed.convolve(input, 1, output, Epilogue.NONE);
      double error = Convolutions.error(shape, weights, input, 1, output, Epilogue.NONE);
      assertTrue(error <= 1, () -> kernels + " " + packed + ": " + error);
    }
  }

  /** A weight that is not stored hides what it would see; padding hides nothing but zeros. */
  @Test
  void unstoredWeightsTakeNoPart() {
    ConvolutionShape shape = new ConvolutionShape(2, 3, 3, 1, THREE, THREE, 1);
    float[] weights = new float[18];
    weights[4] = 2; // the middle of the first channel's window
    float[] input = new float[18];
    Arrays.fill(input, 0, 9, 3f);
    Arrays.fill(input, 9, 18, Float.NaN);
    float[] output = new float[9];
    PackedConvolution.of(Csr.ofDense(weights, 1, 18), shape)
        .convolve(input, 1, output, new Epilogue(new float[] {1}, false));
    for (float value : output) {
      assertEquals(7f, value);
    }
  }
}
