package org.espalier.hw.validate;

import java.util.ArrayList;
import java.util.List;
import org.espalier.hw.arch.TensorCorePresets;
import org.espalier.hw.arch.TensorMeasurement;
import org.espalier.hw.arch.TensorMeasurements;
import org.espalier.hw.machine.SparseTensorCore;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.pattern.NofM;
import org.espalier.sparse.pattern.Unstructured;

/** Measured products of sparse tensor cores beside the calibrated rooflines. */
public final class TensorCoreComparisons {

  private static final SparseTensorCore A100 = new SparseTensorCore(TensorCorePresets.a100());
  private static final SparseTensorCore H100 = new SparseTensorCore(TensorCorePresets.h100Pcie());

  private TensorCoreComparisons() {}

  /** Returns all comparisons. */
  public static List<Comparison> all() {
    return List.of(squareSpeedups(), squareDenseTimes(), otherShapes(), unstructured());
  }

  /** Returns the speed-ups of 2:4 squares: every second size fitted, the others held out. */
  public static Comparison squareSpeedups() {
    List<Row> rows =
        TensorMeasurements.published().stream()
            .map(
                square ->
                    new Row(
                        label(square),
                        square.speedup(),
                        speedup(machine(square), square.type(), square.m(), square.k(), square.n()),
                        role(square),
                        ""))
            .toList();
    return new Comparison(
        "Sparse tensor cores, 2:4 squares, speed-up over dense",
        "measurements of cuSPARSELt against cuBLASLt on A100 and H100, public figures as collected for this project",
        "speed-up",
        "two constants (call, rate) of each dense and each sparse kernel fitted on the sizes 64,"
            + " 256, 1024, 4096, 16384; the form of the model was chosen with all sizes in sight",
        rows);
  }

  /** Returns the dense times of the same squares, where they were published. */
  public static Comparison squareDenseTimes() {
    List<Row> rows =
        TensorMeasurements.published().stream()
            .filter(TensorMeasurement::hasDenseUs)
            .map(
                square ->
                    new Row(
                        label(square),
                        square.denseUs(),
                        machine(square).cost(layer(square)).dense().us(),
                        role(square),
                        ""))
            .toList();
    return new Comparison(
        "Sparse tensor cores, squares, dense time",
        "measurements of cuSPARSELt against cuBLASLt on A100 and H100, public figures as collected for this project",
        "us",
        "two constants of each kernel fitted on every second size",
        rows);
  }

  /** Returns single measurements of other users; some contradict the squares. */
  public static Comparison otherShapes() {
    List<Row> rows = new ArrayList<>();
    rows.add(
        other(
            "A100 80 GB fp16 3072 x 10240 x 3072, CUTLASS in PyTorch",
            1.38,
            speedup(A100, DataType.FP16, 3072, 10240, 3072),
            ""));
    rows.add(
        other(
            "A100 fp16 4096^3 (CUDALibrarySamples#57)",
            1.11,
            speedup(A100, DataType.FP16, 4096, 4096, 4096),
            "the squares say 1.81 for this product"));
    rows.add(
        other(
            "A100 SXM fp16 16384^3, clock locked (cutlass#408)",
            1.60,
            speedup(A100, DataType.FP16, 16384, 16384, 16384),
            "the squares say 1.22 for this product"));
    rows.add(
        other(
            "H100 fp16 8192^3 (CUDALibrarySamples#203, 1.20 to 1.22)",
            1.21,
            speedup(H100, DataType.FP16, 8192, 8192, 8192),
            "the squares say 1.59 for this product in bf16"));
    rows.add(
        other(
            "A100 fp16 4096 x 4096, one token (pytorch#111339)",
            0.11,
            speedup(A100, DataType.FP16, 4096, 4096, 1),
            "196 us are not a kernel but what surrounds it; we model two copies for padding"));
    return new Comparison(
        "Sparse tensor cores, other products, speed-up over dense",
        "issues and documentation of PyTorch and NVIDIA, as collected for this project",
        "speed-up",
        "calibrated on squares only; boards without squares of their own (RTX 3060 and 4070 Ti,"
            + " MI300) are not modelled",
        rows);
  }

  /** Returns what gathering unstructured weights costs. */
  public static Comparison unstructured() {
    Layer squares = Layer.dense("8192", new Gemm(8192, 8192, 8192)).withType(DataType.FP16);
    Layer sparse = squares.withWeights(Unstructured.INSTANCE, 0.22);
    double speedup = H100.cost(squares).time().us() / H100.gatherUs(sparse);
    return new Comparison(
        "Unstructured weights on tensor cores, speed-up of gathering over dense",
        "a public measurement of cuSPARSE, as collected for this project",
        "speed-up",
        "27 % of the peak of single precision, the best published kernel; no calibration",
        List.of(
            other(
                "H100 fp16 8192^3, 78 % zeros, cuSPARSE",
                1.0 / 218, speedup, "cuSPARSE is far from the best kernel; both say not to")));
  }

  private static Row other(String label, double published, double predicted, String note) {
    return new Row(label, published, predicted, Role.HELD_OUT, note);
  }

  private static SparseTensorCore machine(TensorMeasurement square) {
    return square.gpu().equals("a100") ? A100 : H100;
  }

  private static String label(TensorMeasurement square) {
    return "%s %s %d".formatted(square.gpu(), square.type().text(), square.m());
  }

  private static Role role(TensorMeasurement square) {
    return TensorCorePresets.isFitted(square) ? Role.FITTED : Role.HELD_OUT;
  }

  private static Layer layer(TensorMeasurement square) {
    return Layer.dense("square", new Gemm(square.m(), square.k(), square.n()))
        .withType(square.type());
  }

  private static double speedup(SparseTensorCore gpu, DataType type, int m, int k, int n) {
    Layer layer =
        Layer.dense("product", new Gemm(m, k, n)).withType(type).withWeights(new NofM(2, 4), 0.5);
    return gpu.cost(layer).speedup();
  }
}
