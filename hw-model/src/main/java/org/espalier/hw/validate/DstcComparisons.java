package org.espalier.hw.validate;

import java.util.ArrayList;
import java.util.List;
import org.espalier.hw.arch.DualSideArchitecture;
import org.espalier.hw.machine.DualSideTensorCore;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.pattern.Unstructured;

/** The dual-side sparse tensor core beside its paper, and beside Sparseloop's model of it. */
public final class DstcComparisons {

  private static final DualSideTensorCore CORE =
      new DualSideTensorCore(DualSideArchitecture.wang());
  private static final Gemm SQUARE = new Gemm(4096, 4096, 4096);

  /** Densities of A, and latencies at B = 1 as Sparseloop's authors read them off the figure. */
  private static final double[] DENSITIES = {1, 0.9, 0.7, 0.5, 0.3};

  private static final double[] LATENCIES = {4600, 4160, 3300, 2690, 1930};

  /** The density of B of the rows that we do not know. */
  private static final double SPARSE_B = 0.4;

  private DstcComparisons() {}

  /** Returns all comparisons. */
  public static List<Comparison> all() {
    return List.of(square(), densityProduct(), caseStudy());
  }

  /** Returns latency over dense latency of the square of 4096; nothing is fitted. */
  public static Comparison square() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < DENSITIES.length; i++) {
      rows.add(row(DENSITIES[i], 1, LATENCIES[i] / LATENCIES[0], share(DENSITIES[i], 1)));
    }
    for (int i = 1; i < DENSITIES.length; i++) {
      double density = DENSITIES[i];
      rows.add(row(density, SPARSE_B, Double.NaN, share(density, SPARSE_B)));
    }
    return new Comparison(
        "Dual-side sparse tensor core, 4096^3, latency over dense latency",
        "Wang et al., ISCA 2021, Figure 21, as read by the authors of Sparseloop (MICRO 2022)",
        "share",
        "uniform densities, steps of 8 and 16 non-zeros in slices of 32, two instructions at least; no"
            + " constant fitted, but the form was chosen with the rows at B = 1 and the product's mean"
            + " error over all nine (24 %) in sight",
        rows);
  }

  /** Returns the same rows by the product of densities, the model to beat. */
  public static Comparison densityProduct() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < DENSITIES.length; i++) {
      rows.add(row(DENSITIES[i], 1, LATENCIES[i] / LATENCIES[0], DENSITIES[i]));
    }
    return new Comparison(
        "The same by the product of densities",
        "Wang et al., ISCA 2021, Figure 21, as read by the authors of Sparseloop (MICRO 2022)",
        "share",
        "density of A x density of B; Sparseloop itself reports 7.55 % over nine rows",
        rows);
  }

  /** Returns cycles of four products of ResNet-50, against Sparseloop's. */
  public static Comparison caseStudy() {
    Gemm[] shapes = {
      new Gemm(128, 1152, 1024),
      new Gemm(512, 1024, 256),
      new Gemm(512, 128, 1024),
      new Gemm(512, 256, 1024)
    };
    double[] activations = {0.44, 0.27, 0.56, 0.82};
    double[] weights = {1, 0.5, 0.3333, 0.25};
    double[][] cycles = {
      {78059, 51197, 41823, 37083},
      {48875, 35482, 32294, 28699},
      {45340, 30226, 25852, 17980},
      {131072, 78640, 69102, 44257}
    };
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        Layer layer = layer(shapes[i], DataType.INT8, activations[i], weights[j]);
        String label =
            "%d x %d x %d, weights %s"
                .formatted(shapes[i].m(), shapes[i].k(), shapes[i].n(), weights[j]);
        double predicted = CORE.cost(layer).time().cycles().orElseThrow();
        rows.add(new Row(label, cycles[i][j], predicted, Role.PEER, ""));
      }
    }
    return new Comparison(
        "Dual-side sparse tensor core, products of ResNet-50, cycles",
        "Wu et al., Sparseloop, MICRO 2022, case study, as read by its authors' notebook",
        "cycles",
        "a model against a model; weights uniform, activations the left operand",
        rows);
  }

  private static Row row(double a, double b, double published, double predicted) {
    return new Row("A %s, B %s".formatted(a, b), published, predicted, Role.HELD_OUT, "");
  }

  private static double share(double a, double b) {
    return 1 / CORE.cost(layer(SQUARE, DataType.FP16, a, b)).speedup();
  }

  private static Layer layer(Gemm shape, DataType type, double activations, double weights) {
    return Layer.dense("product", shape)
        .withType(type)
        .withWeights(Unstructured.INSTANCE, weights)
        .withActivations(activations);
  }
}
