package org.espalier.hw.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.espalier.hw.workload.DataType;
import org.junit.jupiter.api.Test;

class TensorCoreArchitectureTest {

  /**
   * 2048 x 2048 on 108 multiprocessors. Tiles of 256 x 128: 128 in 2 waves, 128 / 216. Of 128 x
   * 128: 256 in 3 waves, 256 / 324, times sqrt(64 / 85.33). Of 64 x 64: 1024 in 10 waves, 1024 /
   * 1080, times sqrt(32 / 85.33). The second is largest.
   */
  @Test
  void choosesTheTileThatFillsTheWavesBest() {
    double second = 256.0 / 324 * Math.sqrt(64 / (256 * 128 / 384.0));
    assertEquals(second, TensorCorePresets.a100().sparseUtilization(2048, 2048, 1), 1e-12);
  }

  /** 8 columns of a tile of 64: 64 tiles of 64 x 64, an eighth of each is used. */
  @Test
  void paddedColumnsAreLost() {
    double share = 64.0 / 108 / 8 * Math.sqrt(32 / (256 * 128 / 384.0));
    assertEquals(share, TensorCorePresets.a100().sparseUtilization(4096, 8, 1), 1e-12);
  }

  /** Products that run together fill waves together: 54 twice is 108. */
  @Test
  void productsShareWaves() {
    TensorCoreArchitecture gpu = TensorCorePresets.a100();
    assertEquals(1, gpu.sparseUtilization(54 * 256, 128, 2), 1e-12);
  }

  /** NVIDIA: 56.25 % of 16 bits, 62.5 % of 8 bits. */
  @Test
  void compressedWeightsKeepMetadata() {
    SparseOperand half = TensorCorePresets.a100().rates().get(DataType.FP16).operand();
    assertEquals(0.5625, half.compressedShare(16));
    assertEquals(0.625, half.compressedShare(8));
    assertEquals(64, SparseOperand.padded(33, 32));
    assertEquals(32, SparseOperand.padded(32, 32));
  }

  @Test
  void refusesWhatIsNoGpu() {
    TensorCoreArchitecture gpu = TensorCorePresets.a100();
    assertThrows(IllegalArgumentException.class, () -> gpu.withCalibrations(Map.of()));
    assertThrows(IllegalArgumentException.class, () -> new Saturation(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new TensorTile(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new SparseOperand(4, 4, 1, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TensorRate(2, 1, new SparseOperand(2, 4, 1, 1, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DualSideArchitecture("x", 1024, 32, 5, 16, 2, 128, 42, 1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NmArrayArchitecture(
                "x", 1024, 1023, NmArrayArchitecture.sparseTensorCore().patterns(), 1));
  }
}
