package org.espalier.examples.job;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.espalier.examples.data.ImageDataset;
import org.espalier.hw.arch.CpuMachine;
import org.espalier.hw.cost.Estimate;
import org.espalier.hw.cost.Roofline;
import org.espalier.hw.workload.LayerWork;
import org.espalier.pruning.report.LayerReport;
import org.espalier.pruning.report.Timing;
import org.espalier.pruning.report.Verdict;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.pattern.Unstructured;

/**
 * What each pruned layer costs: measured, dense libtorch against sparse kernels in one run on one
 * thread, and modelled by the roofline of this machine.
 */
final class LayerAnalysis {

  /** Below this, a difference may be noise. */
  private static final double LEAST_GAIN = 1.05;

  private final Model model;
  private final Roofline roofline;
  private final MachineForecast forecast;
  private final List<LayerReport> reports = new ArrayList<>();

  /**
   * @param machine this one
   * @param forecast also asked about every layer
   */
  LayerAnalysis(Model model, CpuMachine machine, MachineForecast forecast) {
    this.forecast = forecast;
    this.model = model;
    this.roofline = new Roofline(machine);
  }

  /**
   * Follows one batch through the network and examines every layer on the way.
   *
   * @param threads of libtorch afterwards; it has one during the measurement
   */
  List<LayerReport> run(ImageDataset images, int threads) {
    JniUtils.setNumThreads(1);
    try (NDManager manager = model.getNDManager().newSubManager();
        Batch batch = images.getData(manager).iterator().next()) {
      follow("", model.getBlock(), batch.getData(), new ParameterStore(manager, false));
    } finally {
      JniUtils.setNumThreads(threads);
    }
    return reports;
  }

  /** Goes down to the layers: the children of a chain are computed one after the other. */
  private NDList follow(String path, Block block, NDList input, ParameterStore parameters) {
    if (block.getChildren().isEmpty()) {
      SparseLayer.of(block, input, parameters)
          .ifPresent(
              layer -> {
                reports.add(examine(path + "weight", block, layer));
                forecast.add(path + "weight", layer, input.singletonOrThrow());
              });
      return block.forward(parameters, input, false);
    }
    NDList flowing = input;
    for (Pair<String, Block> child : block.getChildren()) {
      flowing = follow(path + child.getKey() + "_", child.getValue(), flowing, parameters);
    }
    return flowing;
  }

  private LayerReport examine(String path, Block block, SparseLayer layer) {
    NDArray weight = block.getDirectParameters().get("weight").getArray();
    List<Integer> shape =
        Arrays.stream(weight.getShape().getShape()).mapToObj(Math::toIntExact).toList();
    Csr csr = layer.weights();
    Timing measured = LayerBench.measure(layer::dense, layer::sparse);
    LayerWork work =
        new LayerWork(
            path, csr.rows(), csr.columns(), layer.n(), csr.nonZeros(), Unstructured.INSTANCE);
    Estimate estimate = roofline.estimate(work);
    return new LayerReport(
        path,
        shape,
        csr.nonZeros(),
        4L * weight.getShape().size(),
        csr.bytes(4),
        measured,
        new Timing(estimate.denseTimeUs(), estimate.sparseTimeUs()),
        verdict(measured, estimate));
  }

  /** What was measured decides; the model says why, and may be seen to err. */
  private static Verdict verdict(Timing measured, Estimate estimate) {
    String reason =
        String.format(
            Locale.ROOT,
            "measured %.2f times as fast as dense, %s",
            measured.speedup(),
            estimate.verdict().reason());
    return new Verdict(measured.speedup() > LEAST_GAIN, reason);
  }
}
