package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.Convolutions;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every vector width against a convolution in double precision. */
class PackedConvolutionTest {

  private static final int CASES = 60;
  private static final int[][] KERNELS = {{1, 1}, {3, 3}, {5, 5}, {1, 3}, {3, 1}, {2, 4}};
  private static final int[] SIZES = {1, 2, 3, 5, 7, 8, 12, 14, 15, 16, 17, 19, 24, 28, 31, 33};
  private static final double[] SPARSITIES = {0, 0.5, 0.9, 1};

  /** The choices of one case, drawn one after the other. */
  private static final class Draw {

    private final SplittableRandom random;

    Draw(long seed) {
      this.random = new SplittableRandom(seed);
    }

    int upTo(int most) {
      return random.nextInt(most + 1);
    }

    int of(int... choices) {
      return choices[random.nextInt(choices.length)];
    }

    /** Returns a window that fits the image. */
    Window window(int size, int kernel) {
      while (true) {
        Window window = new Window(kernel, 1 + upTo(2), upTo(2), 1 + upTo(1));
        if (window.positions(size) > 0) {
          return window;
        }
        if (kernel > size + 4) {
          kernel--;
        }
      }
    }

    ConvolutionShape shape() {
      int groups = of(1, 1, 1, 2, 3);
      int in = groups * (1 + upTo(6));
      int out = groups * (1 + upTo(30));
      if (upTo(4) == 0) {
        groups = in;
        out = in * (1 + upTo(2));
      }
      int height = of(SIZES);
      int width = of(SIZES);
      int[] kernel = KERNELS[upTo(KERNELS.length - 1)];
      boolean point = kernel[0] * kernel[1] == 1 && upTo(1) == 0;
      Window vertical = point ? Window.POINT : window(height, Math.min(kernel[0], height + 4));
      Window horizontal = point ? Window.POINT : window(width, Math.min(kernel[1], width + 4));
      return new ConvolutionShape(in, height, width, out, vertical, horizontal, groups);
    }

    Epilogue epilogue(ConvolutionShape shape, int batch) {
      float[] bias = upTo(1) == 0 ? null : SparseMatrices.dense(8, shape.outChannels(), 1, 0);
      float[] residual =
          upTo(2) > 0 ? null : SparseMatrices.dense(9, batch, shape.outputLength(), 0);
      return new Epilogue(bias, residual, upTo(1) == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void agreesWithDoublePrecisionAtRaggedSizes(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < CASES; i++) {
        check(kernels, new Draw(i), i, executor);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void check(SparseKernels kernels, Draw draw, int seed, ExecutorService executor) {
    ConvolutionShape shape = draw.shape();
    int batch = 1 + draw.upTo(2);
    double sparsity = SPARSITIES[draw.upTo(SPARSITIES.length - 1)];
    float[] weights =
        SparseMatrices.withEmptyRows(seed, shape.weightRows(), shape.weightColumns(), sparsity)
            .toDense();
    if (draw.upTo(4) == 0) {
      inFours(weights, shape.weightColumns());
    }
    Csr matrix = Csr.ofDense(weights, shape.weightRows(), shape.weightColumns());
    PackedConvolution packed = PackedConvolution.of(matrix, shape, kernels);
    float[] input = SparseMatrices.dense(seed + 1, batch, shape.inputLength(), 0.1);
    Epilogue epilogue = draw.epilogue(shape, batch);
    float[] output = new float[batch * shape.outputLength()];
    Arrays.fill(output, Float.NaN);
    int parts = draw.upTo(4);
    if (parts == 0) {
      packed.convolve(input, batch, output, epilogue);
    } else {
      packed.convolve(input, batch, output, epilogue, executor, parts);
    }
    double error = Convolutions.error(shape, weights, input, batch, output, epilogue);
    assertTrue(
        error <= 1,
        () ->
            "%s, case %d, batch %d, %d parts, %s, %s: %s"
                .formatted(kernels.name(), seed, batch, parts, epilogue, packed, error));
  }

  /** Gives every four rows the columns of the first. */
  private static void inFours(float[] weights, int columns) {
    for (int i = 0; i < weights.length; i++) {
      int first = i / columns / 4 * 4 * columns + i % columns;
      weights[i] = weights[first] == 0 ? 0 : weights[i] == 0 ? 0.5f : weights[i];
    }
  }

  /** A 2 x 2 window of ones on 1 2 3 ; 4 5 6: sums 1 + 2 + 4 + 5 and 2 + 3 + 5 + 6. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void addsUpWhatTheWindowSees(String choice) {
    Csr ones = Csr.ofDense(new float[] {1, 1, 1, 1}, 1, 4);
    ConvolutionShape shape =
        new ConvolutionShape(1, 2, 3, 1, new Window(2, 1, 0), new Window(2, 1, 0), 1);
    float[] output = new float[2];
    PackedConvolution.of(ones, shape, KernelProvider.of(choice))
        .convolve(new float[] {1, 2, 3, 4, 5, 6}, 1, output, Epilogue.NONE);
    assertArrayEquals(new float[] {12, 16}, output);
  }
}
