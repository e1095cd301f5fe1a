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
import org.espalier.examples.bench.LibtorchProbe;
import org.espalier.examples.data.ImageDataset;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cpu.Calibrator;
import org.espalier.hw.cpu.Progress;
import org.espalier.hw.cpu.SparseWork;
import org.espalier.hw.machine.Cpu;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.pruning.report.LayerReport;
import org.espalier.pruning.report.Timing;
import org.espalier.pruning.report.Verdict;
import org.espalier.sparse.format.Csr;

/**
 * What each pruned layer costs: measured, dense libtorch against sparse kernels in one run on one
 * thread; and modelled, by a calibration of this machine that never saw these layers.
 */
final class LayerAnalysis {

  /** Below this, a difference may be noise. */
  static final double LEAST_GAIN = 1.05;

  private final Model model;
  private final MachineForecast forecast;
  private final List<Examined> examined = new ArrayList<>();

  /**
   * A layer that was measured.
   *
   * @param shape of its weights
   * @param csrBytes of its weights in compressed rows
   */
  private record Examined(List<Integer> shape, long csrBytes, Timing measured, Layer layer) {}

  /**
   * @param forecast also asked about every layer
   */
  LayerAnalysis(Model model, MachineForecast forecast) {
    this.forecast = forecast;
    this.model = model;
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
      List<SparseWork> works = examined.stream().map(each -> SparseWork.of(each.layer())).toList();
      Calibrator calibrator = new Calibrator(1, new LibtorchProbe(), Progress.NONE);
      Cpu cpu = new Cpu(calibrator.measure(Calibrator.familiesOf(works)));
      return examined.stream().map(each -> report(each, cpu.cost(each.layer()))).toList();
    } finally {
      JniUtils.setNumThreads(threads);
    }
  }

  /** Goes down to the layers: the children of a chain are computed one after the other. */
  private NDList follow(String path, Block block, NDList input, ParameterStore parameters) {
    if (block.getChildren().isEmpty()) {
      SparseLayer.of(block, input, parameters)
          .ifPresent(
              layer -> {
                examined.add(examine(path + "weight", block, layer));
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

  private static Examined examine(String path, Block block, SparseLayer layer) {
    NDArray weight = block.getDirectParameters().get("weight").getArray();
    List<Integer> shape =
        Arrays.stream(weight.getShape().getShape()).mapToObj(Math::toIntExact).toList();
    Csr csr = layer.weights();
    Timing measured = LayerBench.measure(layer::dense, layer::sparse);
    return new Examined(
        shape,
        csr.bytes(4),
        measured,
        Layer.dense(path, sizes(layer)).withWeights(new Actual(layer.mask())));
  }

  private static LayerShape sizes(SparseLayer layer) {
    return layer
        .convolution()
        .<LayerShape>map(
            shape -> new Convolution(shape, layer.n() / (shape.outHeight() * shape.outWidth())))
        .orElseGet(() -> new Gemm(layer.weights().rows(), layer.weights().columns(), layer.n()));
  }

  private static LayerReport report(Examined of, LayerCost modelled) {
    Layer layer = of.layer();
    return new LayerReport(
        layer.name(),
        of.shape(),
        Math.toIntExact(layer.weights().nonZeros()),
        4L * layer.weights().rows() * layer.weights().columns(),
        of.csrBytes(),
        of.measured(),
        new Timing(modelled.dense().us(), modelled.time().us()),
        verdict(of.measured(), modelled));
  }

  /** What was measured decides; the model says why, and may be seen to err. */
  private static Verdict verdict(Timing measured, LayerCost modelled) {
    String reason =
        String.format(
            Locale.ROOT,
            "measured %.2f times as fast as dense, predicted %s",
            measured.speedup(),
            modelled.verdict().reason());
    return new Verdict(measured.speedup() > LEAST_GAIN, reason);
  }
}
