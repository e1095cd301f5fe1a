package org.espalier.hw.machine;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.espalier.hw.cost.Balance;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.hw.cost.LatencyQuery;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.cpu.CpuCalibration;
import org.espalier.hw.cpu.ProductTimes;
import org.espalier.hw.cpu.SparseWork;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;

/**
 * The processor that runs this: layers with zeros on Espalier's packed kernels, layers without on
 * the native library, both in float32, whatever the type of the layer. Times come from a {@link
 * CpuCalibration} of this machine.
 *
 * <p>Terms of work with a cost each, fitted by non-negative least squares: the idea of S. Williams,
 * A. Waterman, D. Patterson, "Roofline: An Insightful Visual Performance Model for Multicore
 * Architectures", CACM 52(4), 2009, with sums for maxima, and measured costs for peaks.
 *
 * <p>A convolution counts as its lowered products (im2col), one for each group; the library's own
 * convolution packs less of X, and is faster where the window is large. Zeros of activations are
 * not used. More zeros in the weights never cost more as long as they lie alike; zeros that break
 * up blocks may, and so may the first zero, since it changes from one library to the other: where a
 * sparse layer is slower than dense, the verdict says so.
 */
public final class Cpu implements Machine, LatencyModel {

  private final CpuCalibration calibration;
  private final ProductTimes times;

  /**
   * @param calibration of this machine
   */
  public Cpu(CpuCalibration calibration) {
    this.calibration = Objects.requireNonNull(calibration, "calibration");
    this.times = new ProductTimes(calibration);
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String summary() {
    return "this processor, calibrated: any zeros of the weights, packed kernels against "
        + calibration.conditions().library();
  }

  /** Returns the calibration. */
  public CpuCalibration calibration() {
    return calibration;
  }

  @Override
  public LayerCost cost(Layer layer) {
    Gemm product = layer.shape().gemm();
    int products = layer.shape().products();
    double denseUs = products * times.denseUs(product.m(), product.k(), product.n());
    RunTime dense = runTime(denseUs, layer.shape().denseMacs());
    if (layer.weights().isDense()) {
      return cost(layer, dense, dense, Verdict.noGain("no weight is zero"));
    }
    SparseWork work = SparseWork.of(layer);
    ProductTimes.Sparse sparse = times.sparse(work);
    RunTime time = runTime(products * sparse.us(), products * work.nonZeros() * product.n());
    return cost(layer, time, dense, verdict(work, sparse, denseUs / products));
  }

  /** Returns the time of float32 products; of other types nothing is known. */
  @Override
  public OptionalDouble latencyUs(LatencyQuery query) {
    if (query.type() != DataType.FP32) {
      return OptionalDouble.empty();
    }
    Gemm product = query.product();
    if (query.operation() == LatencyQuery.Operation.DENSE_GEMM) {
      return OptionalDouble.of(times.denseUs(product.m(), product.k(), product.n()));
    }
    Layer layer = Layer.dense("query", product).withWeights(query.pattern(), query.density());
    return OptionalDouble.of(times.sparse(SparseWork.of(layer)).us());
  }

  private LayerCost cost(Layer layer, RunTime time, RunTime dense, Verdict verdict) {
    Gemm product = layer.shape().gemm();
    double floats = layer.shape().products() * (double) Float.BYTES;
    Breakdown bytes =
        new Breakdown(
            Map.of(
                "weights", (double) Float.BYTES * layer.weights().nonZeros(),
                "activations", floats * product.k() * product.n(),
                "outputs", floats * product.m() * product.n()));
    double utilization = Math.min(1, time.theoreticalUs() / time.us());
    return new LayerCost(
        layer, time, dense, Breakdown.NONE, bytes, new Balance(1, 1, utilization), verdict);
  }

  private RunTime runTime(double us, double macs) {
    double peakGflops = calibration.conditions().peakGflops() * calibration.conditions().threads();
    return RunTime.ofUs(us, Math.min(us, 2 * macs / peakGflops / 1000));
  }

  private Verdict verdict(SparseWork work, ProductTimes.Sparse sparse, double denseUs) {
    double speedup = denseUs / sparse.us();
    String figures =
        String.format(
            Locale.ROOT,
            "%.2f times as fast as dense: %.1f us on %s, %.1f us dense, at density %.3f",
            speedup,
            sparse.us(),
            sparse.family().text().replace('_', '-'),
            denseUs,
            work.density());
    return speedup >= Verdict.LEAST_GAIN
        ? Verdict.gain(figures)
        : Verdict.noGain(figures + "; " + reason(work));
  }

  private static String reason(SparseWork work) {
    if (work.n() == 1) {
      return "with one column each weight is read once, and its index as well";
    }
    if (work.density() * work.m() < 8) {
      return String.format(
          Locale.ROOT,
          "each row of X meets %.1f weights only, so that reading X dominates",
          work.density() * work.m());
    }
    if (work.n() < 16) {
      return work.n() + " columns leave part of each vector empty";
    }
    return "too many weights are left for one load of X for each of them";
  }
}
