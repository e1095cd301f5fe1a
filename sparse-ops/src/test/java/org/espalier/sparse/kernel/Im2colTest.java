package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.Im2col.Window;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Im2colTest {

  /** The image 1 2 3 ; 4 5 6 under a 2 x 2 window, stride 1: patches 1 2 4 5 and 2 3 5 6. */
  @Test
  void laysOutPatchesAsColumns() {
    Im2col im2col = new Im2col(1, 2, 3, new Window(2, 1, 0), new Window(2, 1, 0));
    float[] patches = new float[8];
    im2col.apply(new float[] {1, 2, 3, 4, 5, 6}, 1, patches);
    assertArrayEquals(new float[] {1, 2, 2, 3, 4, 5, 5, 6}, patches);
  }

  /** Batch, channels, height, width; kernel, stride, padding of the height, and of the width. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 1 5 5  3 1 0  3 1 0",
        "2 3 7 6  3 2 1  3 2 1",
        "3 2 8 5  5 3 2  1 1 0",
        "1 4 4 4  1 2 0  1 2 0",
        "2 2 3 9  3 1 4  2 4 1",
      })
  void sparseProductEqualsADirectConvolution(String sizes) {
    int[] s = Arrays.stream(sizes.split(" +")).mapToInt(Integer::parseInt).toArray();
    int batch = s[0];
    Im2col im2col =
        new Im2col(s[1], s[2], s[3], new Window(s[4], s[5], s[6]), new Window(s[7], s[8], s[9]));
    assertEquals((s[2] + 2 * s[6] - s[4]) / s[5] + 1, im2col.outputHeight());
    assertEquals((s[3] + 2 * s[9] - s[7]) / s[8] + 1, im2col.outputWidth());
    int outputs = 3;
    float[] images = SparseMatrices.dense(1, batch * s[1] * s[2], s[3], 0);
    float[] weight = SparseMatrices.dense(2, outputs, im2col.rows(), 0.4);
    float[] patches = new float[im2col.rows() * im2col.columns(batch)];
    Arrays.fill(patches, Float.NaN);
    im2col.apply(images, batch, patches);
    float[] y = new float[outputs * im2col.columns(batch)];
    Csr sparse = Csr.ofDense(weight, outputs, im2col.rows());
    SparseOps.multiply(sparse, patches, im2col.columns(batch), y);
    int at = 0;
    for (int output = 0; output < outputs; output++) {
      for (int image = 0; image < batch; image++) {
        for (int row = 0; row < im2col.outputHeight(); row++) {
          for (int column = 0; column < im2col.outputWidth(); column++) {
            float[] kernel =
                Arrays.copyOfRange(weight, output * im2col.rows(), (output + 1) * im2col.rows());
            float[] one =
                Arrays.copyOfRange(
                    images, image * s[1] * s[2] * s[3], (image + 1) * s[1] * s[2] * s[3]);
            assertEquals(convolved(im2col, kernel, one, row, column), y[at++], 1e-5);
          }
        }
      }
    }
    assertEquals(y.length, at);
  }

  /** Returns one output of the convolution, straight from its definition. */
  private static double convolved(
      Im2col sizes, float[] kernel, float[] image, int row, int column) {
    Window v = sizes.vertical();
    Window h = sizes.horizontal();
    double sum = 0;
    for (int c = 0; c < sizes.channels(); c++) {
      for (int ky = 0; ky < v.kernel(); ky++) {
        for (int kx = 0; kx < h.kernel(); kx++) {
          int i = row * v.stride() + ky - v.padding();
          int j = column * h.stride() + kx - h.padding();
          if (i >= 0 && i < sizes.height() && j >= 0 && j < sizes.width()) {
            float pixel = image[(c * sizes.height() + i) * sizes.width() + j];
            sum += (double) kernel[(c * v.kernel() + ky) * h.kernel() + kx] * pixel;
          }
        }
      }
    }
    return sum;
  }

  @Test
  void refusesWhatDoesNotFit() {
    Window three = new Window(3, 1, 0);
    assertThrows(IllegalArgumentException.class, () -> new Window(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Window(1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Window(1, 1, -1));
    assertThrows(IllegalArgumentException.class, () -> new Im2col(0, 3, 3, three, three));
    assertThrows(IllegalArgumentException.class, () -> new Im2col(1, 2, 3, three, three));
    Im2col im2col = new Im2col(1, 3, 3, three, three);
    assertThrows(IllegalArgumentException.class, () -> im2col.apply(new float[8], 1, new float[9]));
    assertThrows(IllegalArgumentException.class, () -> im2col.apply(new float[9], 1, new float[8]));
  }
}
