package org.espalier.hw.file;

import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.PerChannel;
import org.espalier.hw.workload.Transposed;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Where a layer's zeros lie, in a file: a density, spread evenly, or a model with a {@code type}:
 *
 * <ul>
 *   <li>{@code {type: banded, half_width: W}}: the band around the diagonal of the matrix
 *   <li>{@code {type: per-channel, densities: [..]}}: one density per output channel of the
 *       weights, or per input channel of the activations
 *   <li>{@code {type: per-input, densities: [..]}}: one per column of the weights (of a
 *       convolution: input channel and tap), or per sample or pixel of the activations
 * </ul>
 */
final class ModelText {

  /** Bands are drawn as masks: 16 MiB, however small the file. */
  private static final long MOST_BAND_ELEMENTS = 1L << 27;

  private ModelText() {}

  static Layer weights(FileNode node, Layer layer, SparsityPattern pattern) {
    int rows = layer.shape().weightRows();
    int columns = layer.shape().weightColumns();
    if (node.optional("weight_model").isEmpty()) {
      double unsaid = 1 - pattern.fixedSparsity().orElse(0);
      return layer.withWeights(
          pattern, node.optional("weight_density").map(FileNode::density).orElse(unsaid));
    }
    FileNode model = node.required("weight_model");
    if (pattern.fixedSparsity().isPresent()) {
      throw model.error(
          "no model beside pattern " + pattern.text(), "one", "remove the model or the pattern");
    }
    requireNone(node, "weight_density", "weight_model");
    return new Layer(
        layer.name(),
        layer.shape(),
        layer.type(),
        pattern,
        read(model, rows, columns),
        layer.activations());
  }

  static Layer activations(FileNode node, Layer layer) {
    if (node.optional("activation_model").isEmpty()) {
      return layer.withActivations(
          node.optional("activation_density").map(FileNode::density).orElse(1.0));
    }
    requireNone(node, "activation_density", "activation_model");
    return layer.withActivations(
        read(
            node.required("activation_model"),
            layer.shape().activationRows(),
            layer.shape().activationColumns()));
  }

  private static void requireNone(FileNode node, String key, String model) {
    node.optional(key)
        .ifPresent(
            n -> {
              throw n.error("no density beside " + model, n.describe(), "remove one of them");
            });
  }

  private static Occupancy read(FileNode model, int rows, int columns) {
    switch (model.required("type").oneOf("banded", "per-channel", "per-input")) {
      case "banded":
        if ((long) rows * columns > MOST_BAND_ELEMENTS) {
          throw model.error(
              "a matrix of at most " + MOST_BAND_ELEMENTS + " elements",
              rows + " x " + columns,
              "cut the layer into parts");
        }
        return Actual.banded(
            rows, columns, model.required("half_width").integer(0, Integer.MAX_VALUE));
      case "per-channel":
        return PerChannel.ofDensities(columns, densities(model, rows));
      default:
        return new Transposed(PerChannel.ofDensities(rows, densities(model, columns)));
    }
  }

  private static double[] densities(FileNode model, int count) {
    FileNode list = model.required("densities");
    double[] densities = list.items().stream().mapToDouble(FileNode::density).toArray();
    if (densities.length != count) {
      throw list.error(count + " densities", densities.length + "", "write one for each");
    }
    return densities;
  }
}
