package org.espalier.hw.machine;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.espalier.hw.arch.SparseOperand;
import org.espalier.hw.arch.TensorCalibration;
import org.espalier.hw.arch.TensorCoreArchitecture;
import org.espalier.hw.cost.Balance;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.InvalidInputException;

/**
 * A GPU whose tensor cores skip half of the weights if those are 2:4 (1:2 for numbers of 32 bits):
 * A. Mishra et al., "Accelerating Sparse Deep Neural Networks", 2021, section 3. Each kernel is a
 * saturating roofline, time = fixed + max(operations / rate, bytes / bandwidth), after S. Williams,
 * A. Waterman, D. Patterson, "Roofline", CACM 52(4), 2009; fixed times and rates are calibrated
 * ({@link TensorCoreArchitecture#calibrated}). A sparse product also pays for waves of tiles that
 * do not fill the multiprocessors; the dense library has enough kernels to avoid that. Columns that
 * do not fill a multiple cost two copies.
 *
 * <p>Which kernel runs follows from the pattern, as in the libraries: 2:4 weights take the sparse
 * kernel even where it is slower, so that a user sees what converting the layer would cost.
 * Unstructured weights are gathered outside the tensor cores where that is faster, and otherwise
 * run dense; everything else runs dense. Zeros of activations are of no use. Among weights that
 * satisfy the same pattern more zeros never take longer; weights that break their pattern run
 * dense.
 *
 * <p>Energy is the power that the board may draw times the time: an upper bound. Single precision
 * runs as tf32.
 */
public final class SparseTensorCore implements Machine {

  private static final double MEGA = 1e6;

  private final TensorCoreArchitecture gpu;

  /** The model of a GPU. */
  public SparseTensorCore(TensorCoreArchitecture gpu) {
    this.gpu = Objects.requireNonNull(gpu, "gpu");
  }

  @Override
  public String name() {
    return gpu.name();
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "GPU of %d multiprocessors with sparse tensor cores: 2:4 weights (fp32 and tf32: 1:2)",
        gpu.multiprocessors());
  }

  /** Returns the GPU. */
  public TensorCoreArchitecture architecture() {
    return gpu;
  }

  /** What one kernel makes of a layer. */
  private record Run(double us, double leastUs, double bytes, Verdict verdict) {}

  @Override
  public LayerCost cost(Layer asked) {
    // No GPU multiplies integers of 16 bits on tensor cores; fp16 moves as many bytes.
    Layer layer = asked.type() == DataType.INT16 ? asked.withType(DataType.FP16) : asked;
    requireType(layer);
    TensorCoreTimes times = new TensorCoreTimes(gpu, layer);
    Optional<String> refusal = rule(layer.type()).refusal(layer);
    Run run = refusal.isEmpty() ? structured(layer, times) : other(layer, times, refusal.get());
    RunTime time = time(run.us(), run.leastUs());
    double most = run.us() * gpu.rates().get(layer.type()).denseTflops() * MEGA;
    double useful = 2 * layer.weightMacs() * layer.activations().density();
    return new LayerCost(
        layer,
        time,
        time(times.denseUs(), times.densePeakUs()),
        Breakdown.NONE.plus("board", run.us() * gpu.boardWatts() * MEGA),
        Breakdown.NONE.plus("dram", run.bytes()),
        new Balance(Math.min(1, run.leastUs() / run.us()), 1, Math.min(1, useful / most)),
        run.verdict());
  }

  /**
   * Returns the time of gathering the kept weights of a layer, whatever its pattern and whether or
   * not that pays.
   *
   * @throws InvalidInputException if the GPU has no such numbers
   */
  public double gatherUs(Layer layer) {
    requireType(layer);
    return new TensorCoreTimes(gpu, layer).gatherUs();
  }

  private RunTime time(double us, double leastUs) {
    return new RunTime(OptionalDouble.of(us * gpu.boostClockMhz()), us, Math.min(us, leastUs));
  }

  private GroupRule rule(DataType type) {
    SparseOperand operand = gpu.rates().get(type).operand();
    return new GroupRule(operand.keep(), operand.group());
  }

  private void requireType(Layer layer) {
    if (!gpu.rates().containsKey(layer.type())) {
      throw new InvalidInputException(
          "layer '" + layer.name() + "' on " + name(),
          "a type among "
              + gpu.rates().keySet().stream().map(DataType::text).collect(Collectors.joining(", ")),
          layer.type().text(),
          "choose one of those types for this machine");
    }
  }

  private Run structured(Layer layer, TensorCoreTimes times) {
    double us = times.sparseUs();
    double speedup = times.denseUs() / us;
    String figure = String.format(Locale.ROOT, "%.2f times as fast as dense: ", speedup);
    Verdict verdict =
        speedup >= Verdict.LEAST_GAIN
            ? Verdict.gain(figure + whyGain(layer, times))
            : Verdict.noGain(figure + whyNot(layer, times));
    return new Run(us, times.sparsePeakUs(), times.sparseBytes(), verdict);
  }

  private String whyGain(Layer layer, TensorCoreTimes times) {
    SparseOperand operand = gpu.rates().get(layer.type()).operand();
    if (times.sparseBoundByMemory()) {
      return String.format(
          Locale.ROOT,
          "moving weights is the limit, of which %s with its metadata leaves %.1f %%",
          operand.text(),
          100 * operand.compressedShare(layer.type().bits()));
    }
    TensorCalibration measured = gpu.calibrations().get(layer.type());
    return String.format(
        Locale.ROOT,
        "with %s the kernel sustains %.0f TFLOP/s of the dense product, where the dense one sustains"
            + " %.0f; the call and partly filled multiprocessors take %.0f %% of its time",
        operand.text(),
        measured.sparse().teraflops(),
        measured.dense().teraflops(),
        100 * (1 - Math.min(1, times.sparseFullUs() / times.sparseUs())));
  }

  private String whyNot(Layer layer, TensorCoreTimes times) {
    SparseOperand operand = gpu.rates().get(layer.type()).operand();
    int samples = layer.shape().gemm().n();
    if (samples < operand.sampleMultiple()) {
      return String.format(
          Locale.ROOT,
          "with %d of the %d columns that a tile needs at least, they are padded and cut in %.1f us of"
              + " calls, and each weight is used once: even moving weights alone could be at most"
              + " %.2f times as fast",
          samples,
          operand.sampleMultiple(),
          times.sparseFixedUs(),
          1 / operand.compressedShare(layer.type().bits()));
    }
    double fixed = times.sparseFixedUs() / times.sparseUs();
    if (fixed >= 1.0 / 3) {
      return String.format(
          Locale.ROOT,
          "the product is so small that its calls, %.1f us, are %.0f %% of its time",
          times.sparseFixedUs(),
          100 * fixed);
    }
    return String.format(
        Locale.ROOT,
        "its %d x %d outputs keep %d multiprocessors busy for %.0f %% of the time",
        layer.shape().gemm().m(),
        samples,
        gpu.multiprocessors(),
        100 * times.sparsePeakUs() / times.sparseUs());
  }

  private Run other(Layer layer, TensorCoreTimes times, String refusal) {
    double denseUs = times.denseUs();
    boolean anywhere = !layer.weights().isDense();
    double gatherUs = times.gatherUs();
    if (anywhere && denseUs / gatherUs >= Verdict.LEAST_GAIN) {
      String reason =
          String.format(
              Locale.ROOT,
              "%.2f times as fast as dense: at %.1f %% zeros, gathering the rest outside the tensor"
                  + " cores pays",
              denseUs / gatherUs,
              100 * (1 - layer.weights().density()));
      return new Run(gatherUs, times.densePeakUs(), times.gatherBytes(), Verdict.gain(reason));
    }
    double least = Math.min(denseUs, gatherUs);
    String runs = anywhere ? refusal + "; it runs dense" : "the weights have no zeros";
    if (anywhere && layer.shape().gemm().n() > 1) {
      runs +=
          String.format(
              Locale.ROOT,
              ", for gathering the non-zeros takes %.1f times as long as the dense product",
              gatherUs / denseUs);
    }
    return new Run(least, times.densePeakUs(), times.denseBytes(), Verdict.noGain(runs));
  }
}
