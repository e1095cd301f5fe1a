package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.SplittableRandom;
import org.espalier.sparse.format.Csr;
import org.junit.jupiter.api.Test;

/** The forecast is what packing then does, for random matrices and for blocks. */
class KernelForecastTest {

  private static final double[] DENSITIES = {0.01, 0.05, 0.1, 0.2, 0.26, 0.35, 0.5, 0.95};

  private final KernelForecast forecast = new KernelForecast(SparseOps.kernels());

  private static Csr random(int rows, int columns, int height, double density) {
    SplittableRandom random = new SplittableRandom(rows + columns);
    float[] values = new float[rows * columns];
    for (int block = 0; block < rows / height; block++) {
      for (int column = 0; column < columns; column++) {
        boolean lives = random.nextDouble() < density;
        for (int row = block * height; lives && row < (block + 1) * height; row++) {
          values[row * columns + column] = 1;
        }
      }
    }
    return Csr.ofDense(values, rows, columns);
  }

  @Test
  void panelsAreAsForecast() {
    for (int height : new int[] {1, 4}) {
      for (double density : DENSITIES) {
        Csr matrix = random(128, 192, height, density);
        for (int n : new int[] {4, 16, 49, 196}) {
          PackedMatrix packed = PackedMatrix.of(matrix, Packing.forColumns(n));
          Layout layout =
              forecast.panels(
                  MatrixProfile.of(matrix),
                  BlockFill.loads(matrix, 2, null),
                  BlockFill.loads(matrix, 4, null),
                  n);
          String kind = layout.kind().name().toLowerCase(Locale.ROOT);
          String expected = packed.kernel().substring(0, packed.kernel().indexOf('-'));
          assertEquals(expected, kind, packed::toString);
        }
      }
    }
  }

  @Test
  void vectorsAreAsForecast() {
    for (int height : new int[] {1, 4}) {
      for (double density : DENSITIES) {
        Csr matrix = random(64, 96, height, density);
        PackedMatrix packed = PackedMatrix.of(matrix, Packing.forColumns(1));
        VectorKind kind =
            forecast.vector(MatrixProfile.of(matrix), BlockFill.loads(matrix, 4, null));
        assertEquals(packed.kernel(), "vector-" + kind.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void widthsAreWhatTheKernelsTake() {
    Layout layout = forecast.panels(new MatrixProfile(64, 64, 2048), 0.75, 0.47, 4096);
    int widest = KernelProvider.panels(SparseOps.kernels()).widest(layout.kind());
    assertEquals(true, layout.widest() <= widest && layout.depth() <= 64);
  }
}
