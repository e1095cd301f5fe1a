package org.espalier.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.TimeUnit;
import org.espalier.examples.bench.BenchShape;
import org.espalier.examples.bench.RandomOperands;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.PackedConvolution;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.pattern.SparsityPattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A 3 x 3 convolution of one image with unstructured weights on one thread, as many channels out as
 * in, padded to keep its size: the packed kernels against libtorch's dense one. Results are
 * compared first.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    // Not the default on one processor, and only there are vectors of large arrays aligned.
    jvmArgsAppend = {"-XX:+UseG1GC", "-Xms1g", "-Xmx2g"})
public class PrunedConvolution {

  private static final long SEED = 42;

  /** Far above rounding of sums of some thousand values below 1, far below a missing one. */
  private static final double TOLERANCE = 2e-3;

  private static final Window WINDOW = new Window(3, 1, 1);

  /** Channels, and pixels of a side. */
  @Param({"64x56", "128x28", "256x14", "512x14"})
  public String shape;

  /** Fraction of zeros of the weights. */
  @Param({"0.9"})
  public double sparsity;

  private PackedConvolution packed;
  private float[] input;
  private float[] output;
  private NDManager manager;
  private NDArray denseWeights;
  private NDArray denseInput;

  /** Draws operands, gives each side its own form of them, and compares the results. */
  @Setup
  public void prepare() {
    int channels = Integer.parseInt(shape.split("x")[0]);
    int side = Integer.parseInt(shape.split("x")[1]);
    int taps = WINDOW.kernel() * WINDOW.kernel();
    // X of the product has a row per channel and tap: its first channels serve as the image.
    RandomOperands operands =
        RandomOperands.of(
            new BenchShape(channels, channels * taps, side * side),
            SparsityPattern.parse("unstructured"),
            sparsity,
            SEED);
    input = java.util.Arrays.copyOf(operands.input(), channels * side * side);
    output = new float[input.length];
    packed =
        PackedConvolution.of(
            Csr.ofDense(operands.weights(), operands.mask(), channels, channels * taps),
            new ConvolutionShape(channels, side, side, channels, WINDOW, WINDOW, 1));
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    JniUtils.setNumThreads(1);
    Shape kernels = new Shape(channels, channels, WINDOW.kernel(), WINDOW.kernel());
    denseWeights = manager.create(operands.weights(), kernels).duplicate();
    denseInput = manager.create(input, new Shape(1, channels, side, side)).duplicate();
    packed();
    try (NDArray dense = convolve()) {
      float[] values = dense.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        if (!(Math.abs(values[i] - output[i]) < TOLERANCE)) {
          throw new IllegalStateException(
              "libtorch has %s at %d instead of %s".formatted(values[i], i, output[i]));
        }
      }
    }
  }

  private NDArray convolve() {
    return Conv2d.conv2d(
            denseInput,
            denseWeights,
            null,
            new Shape(WINDOW.stride(), WINDOW.stride()),
            new Shape(WINDOW.padding(), WINDOW.padding()),
            new Shape(WINDOW.dilation(), WINDOW.dilation()))
        .singletonOrThrow();
  }

  /** Frees libtorch's memory. */
  @TearDown
  public void close() {
    manager.close();
  }

  /** The packed kernels of Espalier; packing of the image counts. */
  @Benchmark
  public float[] packed() {
    packed.convolve(input, 1, output, Epilogue.NONE);
    return output;
  }

  /** Dense libtorch. */
  @Benchmark
  public void libtorch() {
    convolve().close();
  }
}
