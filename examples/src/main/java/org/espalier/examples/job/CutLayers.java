package org.espalier.examples.job;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.pruning.report.CutLayer;
import org.espalier.pruning.report.Timing;
import org.espalier.pruning.report.Verdict;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.target.Candidate;
import org.espalier.pruning.structured.target.Latency;
import org.espalier.pruning.structured.target.Products;

/** What the layers of a network were and have become, with the times that a model predicts. */
final class CutLayers {

  private final Latency latency;

  /**
   * @param model of the device
   * @param batch examples of one run
   */
  CutLayers(LatencyModel model, int batch) {
    this.latency = new Latency(Optional.of(model), batch);
  }

  /** Returns all layers with weights, in the order of the network. */
  List<CutLayer> of(StructuredNetwork before, StructuredNetwork after) {
    Map<String, int[]> shapesBefore = before.shapes(Selection.empty());
    Map<String, int[]> shapesAfter = after.shapes(Selection.empty());
    Map<String, Products> left = new HashMap<>();
    products(after).forEach(product -> left.put(product.weight(), product));
    return products(before).stream()
        .map(
            product -> {
              String weight = product.weight();
              Timing time =
                  new Timing(
                      latency.latencyUs(product), latency.latencyUs(left.get(product.weight())));
              return new CutLayer(
                  weight,
                  extents(shapesBefore.get(weight)),
                  extents(shapesAfter.get(weight)),
                  time,
                  verdict(time));
            })
        .toList();
  }

  private static List<Products> products(StructuredNetwork network) {
    return Products.of(new Candidate(network, List.of(), Selection.empty()));
  }

  private static List<Integer> extents(int[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  private static Verdict verdict(Timing time) {
    String reason =
        String.format(Locale.ROOT, "predicted %.2f times as fast as before", time.speedup());
    return new Verdict(time.speedup() > LayerAnalysis.LEAST_GAIN, reason);
  }
}
