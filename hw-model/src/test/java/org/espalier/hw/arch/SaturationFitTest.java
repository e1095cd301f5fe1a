package org.espalier.hw.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.hw.workload.DataType;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaturationFitTest {

  @Test
  void recoversTheRooflineOfExactTimes() {
    Saturation truth = new Saturation(4.5, 230);
    double[] operations = {1e5, 1e8, 1e9, 1e11};
    double[] us = new double[operations.length];
    for (int i = 0; i < us.length; i++) {
      us[i] = truth.us(operations[i], 0);
    }
    Saturation fitted = SaturationFit.fit("test", operations, us);
    assertEquals(4.5, fitted.fixedUs(), 1e-6);
    assertEquals(230, fitted.teraflops(), 1e-4);
  }

  @Test
  void needsTwoSizes() {
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> SaturationFit.fit("gpu, fp16", new double[] {8, 8}, new double[] {1, 2}));
    assertEquals("gpu, fp16", refusal.place());
    assertEquals("2 of one size", refusal.found());
  }

  /** Expected: src/test/python/tensor_core_fit.py, the same sum of squares minimized by scipy. */
  @ParameterizedTest
  @CsvSource({
    "a100, FP16, 4.6954, 212.421, 5.5511, 366.043",
    "a100, BF16, 4.6954, 212.421, 5.0976, 352.555",
    "a100, INT8, 5.9948, 363.062, 5.4273, 806.930",
    "h100, BF16, 4.4028, 454.193, 5.7257, 711.667",
    "h100, INT8, 4.4028, 908.386, 4.3171, 1559.915"
  })
  void presetsAreTheFitsOfEverySecondSquare(
      String gpu, DataType type, double denseUs, double dense, double sparseUs, double sparse) {
    TensorCoreArchitecture preset =
        gpu.equals("a100") ? TensorCorePresets.a100() : TensorCorePresets.h100Pcie();
    TensorCalibration calibration = preset.calibrations().get(type);
    assertEquals(denseUs, calibration.dense().fixedUs(), 2e-4);
    assertEquals(dense, calibration.dense().teraflops(), 2e-3 * dense);
    assertEquals(sparseUs, calibration.sparse().fixedUs(), 2e-4);
    assertEquals(sparse, calibration.sparse().teraflops(), 2e-3 * sparse);
  }

  /** Types without measurements: tf32 has half the peak of fp16; SXM 989.5 / 756.5 of PCIe. */
  @Test
  void otherPresetsScaleByTheirPeaks() {
    Saturation half = TensorCorePresets.a100().calibrations().get(DataType.FP16).sparse();
    Saturation tf32 = TensorCorePresets.a100().calibrations().get(DataType.TF32).sparse();
    assertEquals(half.teraflops() / 2, tf32.teraflops(), 1e-9);
    Saturation pcie = TensorCorePresets.h100Pcie().calibrations().get(DataType.FP16).dense();
    Saturation sxm = TensorCorePresets.h100Sxm().calibrations().get(DataType.FP16).dense();
    assertEquals(pcie.teraflops() * 989.5 / 756.5, sxm.teraflops(), 1e-9);
    assertEquals(pcie.fixedUs(), sxm.fixedUs());
  }

  @Test
  void everyRateIsBelowItsPeak() {
    for (TensorCoreArchitecture gpu :
        List.of(
            TensorCorePresets.a100(),
            TensorCorePresets.a100Pcie(),
            TensorCorePresets.h100Pcie(),
            TensorCorePresets.h100Sxm())) {
      gpu.calibrations()
          .forEach(
              (type, calibration) -> {
                TensorRate rate = gpu.rates().get(type);
                String what = gpu.name() + " " + type;
                assertTrue(calibration.dense().teraflops() < rate.denseTflops(), what);
                assertTrue(calibration.sparse().teraflops() < 1.04 * rate.sparseTflops(), what);
              });
    }
  }
}
