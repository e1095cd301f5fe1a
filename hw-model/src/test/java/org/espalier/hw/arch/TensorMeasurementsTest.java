package org.espalier.hw.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.espalier.hw.workload.DataType;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorMeasurementsTest {

  private static List<TensorMeasurement> read(String lines) throws IOException {
    return TensorMeasurements.read(
        "mine.csv", new StringReader(TensorMeasurements.HEADER + "\n" + lines));
  }

  @Test
  void publishedSquaresAreComplete() {
    List<TensorMeasurement> squares = TensorMeasurements.published();
    assertEquals(45, squares.size());
    assertEquals(27, squares.stream().filter(TensorMeasurement::hasDenseUs).count());
    assertEquals(25, squares.stream().filter(TensorCorePresets::isFitted).count());
  }

  @Test
  void readsLines() throws IOException {
    List<TensorMeasurement> read = read("mine,fp16,64,128,256,4.5,0.75\n\nmine,INT8,8,8,8,,2\n");
    assertEquals(
        new TensorMeasurement("mine", DataType.FP16, 64, 128, 256, 4.5, 0.75), read.get(0));
    assertEquals(2.0 * 64 * 128 * 256, read.get(0).operations());
    assertFalse(read.get(1).hasDenseUs());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mine,fp16,64,64,64,4.5",
        "mine,fp16,64,64,64,4.5,0.75,1",
        "mine,fp16,0,64,64,4.5,0.75",
        "mine,fp16,64,64,6.5,4.5,0.75",
        "mine,fp16,64,64,64,-4.5,0.75",
        "mine,fp16,64,64,64,4.5,",
        "mine,fp16,64,64,64,4.5,NaN"
      })
  void refusesWhatIsNoMeasurement(String line) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> read("mine,fp16,64,64,64,4,1\n" + line));
    assertEquals("mine.csv, line 3", refusal.place());
    assertEquals("'" + line + "'", refusal.found());
  }

  @Test
  void refusesAnotherHeader() {
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> TensorMeasurements.read("mine.csv", new StringReader("a,b\n")));
    assertEquals("mine.csv, line 1", refusal.place());
  }

  /**
   * A user's GPU: two sizes give both constants of both kernels. On 108 multiprocessors the sparse
   * square of 64 is one tile of 64 x 64, sqrt(0.375) / 108 in use, that of 1024 is 64 of 128 x 128,
   * 64 / 108 sqrt(0.75): 9.246e7 and 4.184e9 operations take 4.0026 and 14.7374 us, so the fixed
   * time is 4.0026 - 9.246e7 x (14.7374 - 4.0026) / (4.184e9 - 9.246e7) = 3.760 us.
   */
  @Test
  void calibratesAnotherGpu() throws IOException {
    TensorCoreArchitecture gpu = TensorCorePresets.a100();
    // 2 64^3 operations and 2 1024^3 at 8 us + 100 TFLOP/s; twice as fast sparse.
    double small = 8 + 524288 / 100e6;
    double large = 8 + 2147483648.0 / 100e6;
    String lines = "x,fp16,64,64,64,%s,2%nx,fp16,1024,1024,1024,%s,2%n".formatted(small, large);
    TensorCalibration fitted = gpu.calibrated(read(lines)).calibrations().get(DataType.FP16);
    assertEquals(8, fitted.dense().fixedUs(), 1e-6);
    assertEquals(100, fitted.dense().teraflops(), 1e-5);
    assertEquals(3.760, fitted.sparse().fixedUs(), 1e-3);
    assertEquals(
        gpu.calibrations().get(DataType.INT8),
        gpu.calibrated(read(lines)).calibrations().get(DataType.INT8));
  }
}
