package org.espalier.hw.arch;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.espalier.hw.workload.DataType;

/**
 * A GPU with sparse tensor cores.
 *
 * @param name that the command line uses
 * @param multiprocessors at least 1
 * @param boostClockMhz above 0
 * @param memoryGbPerSecond peak of the main memory, 10^9 bytes per second
 * @param boardWatts what the board may draw
 * @param scalarTflops peak of single precision outside the tensor cores, 10^12 operations per
 *     second: what gathers of unstructured weights run on
 * @param rates peaks by type
 * @param calibrations what was measured, by type: the same types
 */
public record TensorCoreArchitecture(
    String name,
    int multiprocessors,
    double boostClockMhz,
    double memoryGbPerSecond,
    double boardWatts,
    double scalarTflops,
    Map<DataType, TensorRate> rates,
    Map<DataType, TensorCalibration> calibrations) {

  /** Checks the ranges. */
  public TensorCoreArchitecture {
    Objects.requireNonNull(name, "name");
    rates = Collections.unmodifiableMap(new EnumMap<>(rates));
    calibrations = Collections.unmodifiableMap(new EnumMap<>(calibrations));
    double least = Math.min(Math.min(boostClockMhz, memoryGbPerSecond), boardWatts);
    if (multiprocessors < 1 || !(Math.min(least, scalarTflops) > 0)) {
      throw new IllegalArgumentException(
          "no GPU: %d multiprocessors, %s MHz, %s GB/s, %s W, %s TFLOP/s"
              .formatted(
                  multiprocessors, boostClockMhz, memoryGbPerSecond, boardWatts, scalarTflops));
    }
    if (!rates.keySet().equals(calibrations.keySet())) {
      throw new IllegalArgumentException(
          "peaks of %s, calibrations of %s".formatted(rates.keySet(), calibrations.keySet()));
    }
  }

  /**
   * Returns the largest share of the multiprocessors that is busy with a sparse product, weighed by
   * how well the tile uses what it loads. Tiles run in waves, one tile per multiprocessor at a
   * time, and the last wave may be almost empty (NVIDIA, "Matrix Multiplication Background User's
   * Guide", section on wave quantization; from memory). A smaller tile is slower by the square root
   * of its reuse, which is our assumption.
   *
   * @param m rows of the output of one product, at least 1
   * @param n columns of the output, at least 1
   * @param products how many of them run together, at least 1
   * @return in (0, 1]
   */
  public double sparseUtilization(long m, long n, int products) {
    double best = 0;
    double mostReuse = TensorTile.SPARSE_KERNELS.get(0).reuse();
    for (TensorTile tile : TensorTile.SPARSE_KERNELS) {
      double tiles = (double) tile.count(m, n) * products;
      double waves = Math.ceil(tiles / multiprocessors);
      double used = (double) m * n * products;
      double covered = waves * multiprocessors * tile.rows() * tile.columns();
      best = Math.max(best, used / covered * Math.sqrt(tile.reuse() / mostReuse));
    }
    return best;
  }

  /**
   * Returns this GPU with what was measured on it. A type that was not measured keeps its
   * calibration; where a dense time is missing, the calibration of dense products stands for it.
   *
   * @param measurements of products that are not limited by memory, at least two sizes of a type
   * @throws org.espalier.sparse.InvalidInputException if a type has measurements of one size only
   */
  public TensorCoreArchitecture calibrated(List<TensorMeasurement> measurements) {
    Map<DataType, TensorCalibration> fitted = new EnumMap<>(calibrations);
    for (DataType type : rates.keySet()) {
      List<TensorMeasurement> points =
          measurements.stream().filter(point -> point.type() == type).toList();
      if (!points.isEmpty()) {
        fitted.put(type, fit(type, points));
      }
    }
    return withCalibrations(fitted);
  }

  /** Returns this GPU with other calibrations of the same types. */
  public TensorCoreArchitecture withCalibrations(Map<DataType, TensorCalibration> others) {
    return new TensorCoreArchitecture(
        name,
        multiprocessors,
        boostClockMhz,
        memoryGbPerSecond,
        boardWatts,
        scalarTflops,
        rates,
        others);
  }

  private TensorCalibration fit(DataType type, List<TensorMeasurement> points) {
    String place = name + ", " + type.text();
    List<TensorMeasurement> timed = points.stream().filter(TensorMeasurement::hasDenseUs).toList();
    Saturation dense =
        timed.isEmpty()
            ? calibrations.get(type).dense()
            : SaturationFit.fit(
                place,
                all(timed, TensorMeasurement::operations),
                all(timed, TensorMeasurement::denseUs));
    double[] operations =
        all(points, point -> point.operations() / sparseUtilization(point.m(), point.n(), 1));
    double[] us = all(points, point -> denseUs(point, dense) / point.speedup());
    return new TensorCalibration(dense, SaturationFit.fit(place, operations, us));
  }

  private static double denseUs(TensorMeasurement point, Saturation dense) {
    return point.hasDenseUs() ? point.denseUs() : dense.us(point.operations(), 0);
  }

  private static double[] all(
      List<TensorMeasurement> points, ToDoubleFunction<TensorMeasurement> figure) {
    return points.stream().mapToDouble(figure).toArray();
  }
}
