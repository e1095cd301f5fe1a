package org.espalier.hw.arch;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.hw.workload.DataType;

/**
 * The GPUs of NVIDIA that Espalier knows. Peaks: NVIDIA, "A100 Tensor Core GPU Architecture", 2020,
 * and "H100 Tensor Core GPU Architecture", 2022; the bandwidth of the PCIe boards, the peaks of
 * single precision, the power of the H100 and the multiprocessors of the H100 PCIe are from memory.
 * Form of the sparse operand: A. Mishra et al., "Accelerating Sparse Deep Neural Networks", 2021,
 * section 3, and the padding of PyTorch's CUTLASS kernels.
 *
 * <p>Calibrated on every second size of the published squares, from 64 on: {@link #isFitted}. On
 * A100, bf16 takes the dense times of fp16; on H100, int8 those of bf16 at twice the rate. Types
 * without measurements scale those of a measured type by their peaks. The squares of the H100 do
 * not say which board it was; dense rates of 390 to 480 TFLOP/s and a decline with size suit the
 * 350 W of PCIe, so the rates of SXM are those times the ratio of peaks, unchecked.
 */
public final class TensorCorePresets {

  private static final SparseOperand BITS_32 = new SparseOperand(1, 2, 32, 32, 8);
  private static final SparseOperand BITS_16 = new SparseOperand(2, 4, 32, 64, 8);
  private static final SparseOperand BITS_8 = new SparseOperand(2, 4, 32, 128, 32);

  private static final int SMALLEST_SQUARE = 64;

  /** Stands in until measurements replace it: a call of 5 us, and peaks. */
  private static final double ASSUMED_CALL_US = 5;

  private TensorCorePresets() {}

  /** Returns the A100 SXM of 80 GB and 400 W. */
  public static TensorCoreArchitecture a100() {
    return a100("a100", 2039, 400);
  }

  /** Returns the A100 PCIe of 80 GB and 300 W: calibrated as the SXM, which shares its peaks. */
  public static TensorCoreArchitecture a100Pcie() {
    return a100("a100-pcie", 1935, 300);
  }

  /** Returns the H100 PCIe of 80 GB and 350 W. */
  public static TensorCoreArchitecture h100Pcie() {
    TensorCoreArchitecture h100 = h100("h100-pcie", 114, 1620, 2000, 350, 51.2, 756.5, 1513);
    Map<DataType, TensorCalibration> known = new EnumMap<>(h100.calibrations());
    TensorCoreArchitecture bf16 = h100.calibrated(fitted("h100", DataType.BF16));
    TensorCalibration half = bf16.calibrations().get(DataType.BF16);
    known.put(DataType.BF16, half);
    known.put(DataType.FP16, half);
    known.put(DataType.TF32, half.times(0.5));
    known.put(DataType.FP32, half.times(0.5));
    known.put(DataType.INT8, half.times(2));
    TensorCoreArchitecture int8 =
        h100.withCalibrations(known).calibrated(fitted("h100", DataType.INT8));
    known.put(DataType.INT8, int8.calibrations().get(DataType.INT8));
    known.put(DataType.FP8, int8.calibrations().get(DataType.INT8));
    return h100.withCalibrations(known);
  }

  /** Returns the H100 SXM of 80 GB and 700 W: the PCIe's calibration, scaled by the peaks. */
  public static TensorCoreArchitecture h100Sxm() {
    TensorCoreArchitecture sxm = h100("h100-sxm", 132, 1830, 3350, 700, 66.9, 989.5, 1979);
    TensorCoreArchitecture pcie = h100Pcie();
    Map<DataType, TensorCalibration> scaled = new EnumMap<>(DataType.class);
    pcie.calibrations()
        .forEach(
            (type, calibration) ->
                scaled.put(
                    type,
                    calibration.times(
                        sxm.rates().get(type).denseTflops()
                            / pcie.rates().get(type).denseTflops())));
    return sxm.withCalibrations(scaled);
  }

  /** Returns whether presets were calibrated on a published square: 64, 256, 1024, 4096, 16384. */
  public static boolean isFitted(TensorMeasurement square) {
    return Integer.numberOfTrailingZeros(square.m() / SMALLEST_SQUARE) % 2 == 0;
  }

  private static List<TensorMeasurement> fitted(String gpu, DataType type) {
    return TensorMeasurements.published().stream()
        .filter(square -> square.gpu().equals(gpu) && square.type() == type && isFitted(square))
        .toList();
  }

  private static TensorCoreArchitecture a100(String name, double memory, double watts) {
    Map<DataType, TensorRate> rates = rates(312, 624);
    TensorCoreArchitecture a100 =
        new TensorCoreArchitecture(name, 108, 1410, memory, watts, 19.5, rates, assumed(rates))
            .calibrated(fitted("a100", DataType.FP16));
    Map<DataType, TensorCalibration> known = new EnumMap<>(a100.calibrations());
    TensorCalibration half = known.get(DataType.FP16);
    known.put(DataType.BF16, half);
    known.put(DataType.TF32, half.times(0.5));
    known.put(DataType.FP32, half.times(0.5));
    return a100.withCalibrations(known)
        .calibrated(fitted("a100", DataType.BF16))
        .calibrated(fitted("a100", DataType.INT8));
  }

  private static TensorCoreArchitecture h100(
      String name,
      int multiprocessors,
      double clockMhz,
      double memory,
      double watts,
      double scalar,
      double... peaks) {
    Map<DataType, TensorRate> rates = rates(peaks[0], peaks[1]);
    rates.put(DataType.FP8, new TensorRate(peaks[1], 2 * peaks[1], BITS_8));
    return new TensorCoreArchitecture(
        name, multiprocessors, clockMhz, memory, watts, scalar, rates, assumed(rates));
  }

  private static Map<DataType, TensorRate> rates(double half, double bytes) {
    Map<DataType, TensorRate> rates = new EnumMap<>(DataType.class);
    rates.put(DataType.FP32, new TensorRate(half / 2, half, BITS_32));
    rates.put(DataType.TF32, new TensorRate(half / 2, half, BITS_32));
    rates.put(DataType.FP16, new TensorRate(half, 2 * half, BITS_16));
    rates.put(DataType.BF16, new TensorRate(half, 2 * half, BITS_16));
    rates.put(DataType.INT8, new TensorRate(bytes, 2 * bytes, BITS_8));
    return rates;
  }

  private static Map<DataType, TensorCalibration> assumed(Map<DataType, TensorRate> rates) {
    Map<DataType, TensorCalibration> peaks = new EnumMap<>(DataType.class);
    rates.forEach(
        (type, rate) ->
            peaks.put(
                type,
                new TensorCalibration(
                    new Saturation(ASSUMED_CALL_US, rate.denseTflops()),
                    new Saturation(ASSUMED_CALL_US, rate.sparseTflops()))));
    return peaks;
  }
}
