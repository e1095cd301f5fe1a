package org.espalier.hw.machine;

import org.espalier.hw.arch.GatherKernel;
import org.espalier.hw.arch.SparseOperand;
import org.espalier.hw.arch.TensorCalibration;
import org.espalier.hw.arch.TensorCoreArchitecture;
import org.espalier.hw.arch.TensorRate;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;

/** The times of one layer on one GPU by each of its kernels. */
final class TensorCoreTimes {

  private static final double BITS_PER_BYTE = 8;

  private final TensorCoreArchitecture gpu;
  private final Layer layer;
  private final TensorRate rate;
  private final TensorCalibration calibration;
  private final Gemm one;
  private final int products;

  TensorCoreTimes(TensorCoreArchitecture gpu, Layer layer) {
    this.gpu = gpu;
    this.layer = layer;
    this.rate = gpu.rates().get(layer.type());
    this.calibration = gpu.calibrations().get(layer.type());
    this.one = layer.shape().gemm();
    this.products = layer.shape().products();
  }

  /**
   * Returns the fixed time of a sparse product. Columns that do not fill a multiple are padded by a
   * copy of the activations and cut from a copy of the outputs, each a call as short as the dense
   * library's; weights are padded once, beforehand. That copies take so long is our assumption.
   */
  double sparseFixedUs() {
    boolean padded = one.n() % rate.operand().sampleMultiple() != 0;
    double copiesUs = padded ? 2 * calibration.dense().fixedUs() : 0;
    return calibration.sparse().fixedUs() + copiesUs;
  }

  double denseUs() {
    return calibration.dense().us(denseOperations(), bytesUs(denseBytes()));
  }

  double sparseUs() {
    double operations = 2.0 * paddedRows() * paddedInputs() * paddedSamples() * products;
    double utilization = gpu.sparseUtilization(paddedRows(), paddedSamples(), products);
    double computeUs = calibration.sparse().computeUs(operations / utilization);
    return sparseFixedUs() + Math.max(computeUs, bytesUs(sparseBytes()));
  }

  /** Returns the time of gathers, whose call is as slow as the slower of both libraries' calls. */
  double gatherUs() {
    double fixedUs = Math.max(calibration.dense().fixedUs(), calibration.sparse().fixedUs());
    return GatherKernel.of(gpu, fixedUs).us(layer.weights().nonZeros(), one.n(), gatherBytes());
  }

  /** Returns the time at the vendor's dense peak and bandwidth. */
  double densePeakUs() {
    return peakUs(rate.denseTflops(), denseBytes());
  }

  /** Returns the time at the vendor's sparse peak and bandwidth. */
  double sparsePeakUs() {
    return peakUs(rate.sparseTflops(), sparseBytes());
  }

  /** Returns the time of the sparse operations if all multiprocessors always had work. */
  double sparseFullUs() {
    return calibration.sparse().computeUs(denseOperations());
  }

  /** Returns whether the bytes of the sparse product take longer than its operations. */
  boolean sparseBoundByMemory() {
    return sparseUs() - sparseFixedUs() <= bytesUs(sparseBytes());
  }

  double denseBytes() {
    return weights() * layer.type().bits() / BITS_PER_BYTE + otherBytes();
  }

  double sparseBytes() {
    double values = (double) paddedRows() * paddedInputs() * products;
    double bits = layer.type().bits() * rate.operand().compressedShare(layer.type().bits());
    return values * bits / BITS_PER_BYTE + otherBytes();
  }

  double gatherBytes() {
    double rows = layer.shape().weightRows();
    double entryBits = layer.type().bits() + (double) GatherKernel.indexBits(one.k());
    return layer.weights().nonZeros() * entryBits / BITS_PER_BYTE
        + rows * Integer.BYTES
        + otherBytes();
  }

  private double peakUs(double teraflops, double bytes) {
    return Math.max(denseOperations() / (teraflops * 1e6), bytesUs(bytes));
  }

  private double weights() {
    return (double) layer.shape().weightRows() * layer.shape().weightColumns();
  }

  private double denseOperations() {
    return 2 * layer.shape().denseMacs();
  }

  private double otherBytes() {
    double inputs = (double) layer.shape().activationRows() * layer.shape().activationColumns();
    double outputs = (double) one.m() * one.n() * products;
    return (inputs + outputs) * layer.type().bits() / BITS_PER_BYTE;
  }

  private double bytesUs(double bytes) {
    return bytes / gpu.memoryGbPerSecond() / 1000;
  }

  private long paddedRows() {
    return SparseOperand.padded(one.m(), rate.operand().rowMultiple());
  }

  private long paddedInputs() {
    return SparseOperand.padded(one.k(), rate.operand().inputMultiple());
  }

  private long paddedSamples() {
    return SparseOperand.padded(one.n(), rate.operand().sampleMultiple());
  }
}
