package org.espalier.hw.validate;

import java.util.ArrayList;
import java.util.List;
import org.espalier.hw.arch.NmArrayArchitecture;
import org.espalier.hw.machine.NmArray;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.pattern.NofM;

/** The N:M array beside the sparse tensor core of Sparseloop's case study. */
public final class NmArrayComparisons {

  private static final NmArray ARRAY = new NmArray(NmArrayArchitecture.sparseTensorCore());

  private NmArrayComparisons() {}

  /** Returns all comparisons. */
  public static List<Comparison> all() {
    return List.of(caseStudy(), sparserGroups());
  }

  /** Returns cycles of four products of ResNet-50 at 2:4, and dense. */
  public static Comparison caseStudy() {
    Gemm[] shapes = {
      new Gemm(128, 1152, 1024),
      new Gemm(512, 1024, 256),
      new Gemm(512, 128, 1024),
      new Gemm(512, 256, 1024)
    };
    double[] dense = {147456, 131072, 65536, 131072};
    double[] half = {73728, 65536, 32768, 65536};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      Gemm shape = shapes[i];
      String label = "%d x %d x %d, ".formatted(shape.m(), shape.k(), shape.n());
      Layer layer = Layer.dense(label, shape).withType(DataType.INT8);
      Layer sparse = layer.withWeights(new NofM(2, 4), 0.5);
      rows.add(new Row(label + "dense", dense[i], cycles(layer), Role.PEER, ""));
      rows.add(new Row(label + "2:4", half[i], cycles(sparse), Role.PEER, ""));
    }
    return new Comparison(
        "N:M array, products of ResNet-50, cycles",
        "Wu et al., Sparseloop, MICRO 2022, case study (sparse tensor core, 100 % accurate)",
        "cycles",
        "1024 multipliers, two activations per multiplier and cycle; nothing fitted",
        rows);
  }

  /** Returns what 2:6 and 2:8 gain; the paper says only that they miss 3 and 4. */
  public static Comparison sparserGroups() {
    List<Row> rows = new ArrayList<>();
    for (int group : new int[] {4, 6, 8}) {
      NofM pattern = new NofM(2, group);
      Layer layer =
          Layer.dense("product", new Gemm(128, 1152, 1024))
              .withType(DataType.INT8)
              .withWeights(pattern, 2.0 / group);
      double published = group == 4 ? 2 : Double.NaN;
      String note =
          group == 4 ? "" : "the paper: below %d, for want of operands".formatted(group / 2);
      rows.add(new Row(pattern.text(), published, ARRAY.cost(layer).speedup(), Role.PEER, note));
    }
    return new Comparison(
        "N:M array, sparser groups on operands provisioned for 2:4, speed-up",
        "Wu et al., Sparseloop, MICRO 2022, section 7",
        "speed-up",
        "the limit is the register file; nothing fitted",
        rows);
  }

  private static double cycles(Layer layer) {
    return ARRAY.cost(layer).time().cycles().orElseThrow();
  }
}
