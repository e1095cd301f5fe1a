package org.espalier.examples.job;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.machine.Machines;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.pruning.report.MachineReport;
import org.espalier.pruning.report.MachineReport.LayerLine;
import org.espalier.pruning.report.MachineReports;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.NofM;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/**
 * What hardware models say of a pruned network for its first image: from the masks as they are, and
 * from the zeros of what flows into each layer. Weights count as 16 bits wide, as accelerators
 * store them.
 */
final class MachineForecast {

  private static final double PJ_PER_UJ = 1e6;
  private static final SparsityPattern HALF_OF_FOUR = new NofM(2, 4);

  private final Map<Machine, List<LayerLine>> lines = new LinkedHashMap<>();

  /** Asks every machine that has a name. */
  MachineForecast(long seed) {
    MachineOptions options = new MachineOptions(MachineOptions.Method.SIMULATE, seed);
    for (String name : Machines.names()) {
      lines.put(Machines.named(name, options), new ArrayList<>());
    }
  }

  /**
   * Adds a layer.
   *
   * @param path of its weights
   * @param input of a batch, images or features first
   */
  void add(String path, SparseLayer sparse, NDArray input) {
    Layer layer = layer(path, sparse, input);
    lines.forEach((machine, known) -> known.add(line(machine.cost(layer))));
  }

  private static Layer layer(String path, SparseLayer sparse, NDArray input) {
    LayerShape shape =
        sparse
            .convolution()
            .<LayerShape>map(convolution -> new Convolution(convolution, 1))
            .orElseGet(() -> new Gemm(sparse.weights().rows(), sparse.weights().columns(), 1));
    Mask weights = sparse.mask();
    float[] first;
    try (NDArray image = input.get(0)) {
      first = image.toFloatArray();
    }
    Mask flowing = Mask.ofNonZeros(first, shape.activationRows(), shape.activationColumns());
    return new Layer(
        path, shape, DataType.FP16, pattern(weights), new Actual(weights), new Actual(flowing));
  }

  private static SparsityPattern pattern(Mask mask) {
    boolean halves = HALF_OF_FOUR.misfit(mask.shape()).isEmpty() && HALF_OF_FOUR.satisfiedBy(mask);
    return halves ? HALF_OF_FOUR : Unstructured.INSTANCE;
  }

  private static LayerLine line(LayerCost cost) {
    return new LayerLine(
        cost.layer().name(),
        cost.time().us(),
        cost.dense().us(),
        cost.energyPj().isEmpty() ? null : cost.energyPj().total() / PJ_PER_UJ,
        cost.verdict().gain(),
        cost.verdict().toString());
  }

  /** Returns what was added. */
  MachineReports reports() {
    List<MachineReport> reports = new ArrayList<>();
    lines.forEach(
        (machine, known) -> {
          if (!known.isEmpty()) {
            reports.add(new MachineReport(machine.name(), machine.summary(), known));
          }
        });
    return new MachineReports("one image", reports);
  }
}
