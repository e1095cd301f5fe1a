package org.espalier.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.FMatrixRMaj;
import org.ejml.data.FMatrixSparseCSC;
import org.ejml.ops.FConvertMatrixStruct;
import org.ejml.sparse.csc.CommonOps_FSCC;
import org.espalier.examples.bench.BenchShape;
import org.espalier.examples.bench.RandomOperands;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.PackedMatrix;
import org.espalier.sparse.kernel.Packing;
import org.espalier.sparse.pattern.SparsityPattern;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.R064CSR;
import org.ojalgo.matrix.store.R064Store;
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
 * Y = W X with an unstructured W on one thread: the packed kernels, dense libtorch, and the sparse
 * matrices of EJML (float32, compressed columns) and ojAlgo (float64, compressed rows: it has no
 * other). Results go to arrays that are there already, but libtorch's, which it makes and the
 * benchmark closes. All sides have the same operands, and their results are compared first.
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
public class PrunedProduct {

  private static final long SEED = 42;

  /** Far above rounding of sums of some hundred values below 1, far below a missing one. */
  private static final double TOLERANCE = 1e-3;

  /** M, K and N; JMH takes commas for itself. */
  @Param({"512x512x196", "768x768x128"})
  public String shape;

  /** Fraction of zeros of W. */
  @Param({"0.5", "0.9"})
  public double sparsity;

  private int n;
  private PackedMatrix packed;
  private float[] x;
  private float[] y;
  private NDManager manager;
  private NDArray denseW;
  private NDArray denseX;
  private FMatrixSparseCSC ejmlW;
  private FMatrixRMaj ejmlX;
  private FMatrixRMaj ejmlY;
  private R064CSR ojalgoW;
  private R064Store ojalgoX;
  private R064Store ojalgoY;

  /** Draws operands, gives each side its own form of them, and compares the results. */
  @Setup
  public void prepare() {
    BenchShape sizes = BenchShape.parseAll(shape.replace('x', ',')).get(0);
    RandomOperands operands =
        RandomOperands.of(sizes, SparsityPattern.parse("unstructured"), sparsity, SEED);
    n = sizes.n();
    x = operands.input();
    y = new float[sizes.m() * n];
    packed =
        PackedMatrix.of(
            Csr.ofDense(operands.weights(), operands.mask(), sizes.m(), sizes.k()),
            Packing.forColumns(n));
    prepareLibtorch(operands, sizes);
    prepareEjml(operands, sizes);
    prepareOjalgo(operands, sizes);
    packed();
    try (NDArray product = denseW.matMul(denseX)) {
      float[] values = product.toFloatArray();
      requireSame("libtorch", i -> values[i]);
    }
    ejml();
    requireSame("EJML", i -> ejmlY.data[i]);
    ojalgo();
    requireSame("ojAlgo", i -> ojalgoY.doubleValue(i / n, i % n));
  }

  private void prepareLibtorch(RandomOperands operands, BenchShape sizes) {
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    JniUtils.setNumThreads(1);
    // An array made from Java memory lives in a Java buffer: the copy is libtorch's own.
    denseW = manager.create(operands.weights(), new Shape(sizes.m(), sizes.k())).duplicate();
    denseX = manager.create(x, new Shape(sizes.k(), n)).duplicate();
  }

  private void prepareEjml(RandomOperands operands, BenchShape sizes) {
    FMatrixRMaj weights = FMatrixRMaj.wrap(sizes.m(), sizes.k(), operands.weights());
    ejmlW = FConvertMatrixStruct.convert(weights, (FMatrixSparseCSC) null, 0);
    ejmlX = FMatrixRMaj.wrap(sizes.k(), n, x);
    ejmlY = new FMatrixRMaj(sizes.m(), n);
  }

  private void prepareOjalgo(RandomOperands operands, BenchShape sizes) {
    OjAlgoUtils.limitThreadsTo(1);
    R064CSR.Builder builder = R064CSR.newBuilder(sizes.m(), sizes.k());
    for (int i = 0; i < operands.weights().length; i++) {
      if (operands.mask().isKept(i)) {
        builder.set(i / sizes.k(), i % sizes.k(), operands.weights()[i]);
      }
    }
    ojalgoW = builder.build();
    ojalgoX = R064Store.FACTORY.make(sizes.k(), n);
    for (int i = 0; i < x.length; i++) {
      ojalgoX.set(i / n, i % n, (double) x[i]);
    }
    ojalgoY = R064Store.FACTORY.make(sizes.m(), n);
  }

  private void requireSame(String side, IntToDoubleFunction values) {
    for (int i = 0; i < y.length; i++) {
      if (!(Math.abs(values.applyAsDouble(i) - y[i]) < TOLERANCE)) {
        throw new IllegalStateException(
            "%s has %s at %d instead of %s".formatted(side, values.applyAsDouble(i), i, y[i]));
      }
    }
  }

  /** Frees libtorch's memory. */
  @TearDown
  public void close() {
    manager.close();
  }

  /** The packed kernels of Espalier; packing of X counts. */
  @Benchmark
  public float[] packed() {
    packed.multiply(x, n, y);
    return y;
  }

  /** Dense libtorch. */
  @Benchmark
  public void libtorch() {
    denseW.matMul(denseX).close();
  }

  /** EJML. */
  @Benchmark
  public FMatrixRMaj ejml() {
    return CommonOps_FSCC.mult(ejmlW, ejmlX, ejmlY);
  }

  /** ojAlgo. */
  @Benchmark
  public R064Store ojalgo() {
    ojalgoW.multiply(ojalgoX, ojalgoY);
    return ojalgoY;
  }
}
