package org.espalier.hw.file;

import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/**
 * A layer in a file. Its keys:
 *
 * <ul>
 *   <li>{@code name}, and {@code kind}: {@code gemm} or {@code conv}
 *   <li>of a gemm, Y[m x n] = W[m x k] X[k x n]: {@code m}, {@code k}, and {@code n} (1)
 *   <li>of a convolution: {@code in_channels}, {@code out_channels}, {@code kernel} and {@code
 *       input} (a number, or [height, width]), {@code stride} (1), {@code padding} (0), {@code
 *       groups} (1), {@code batch} (1)
 *   <li>{@code dtype} (fp32), {@code pattern} (unstructured)
 *   <li>{@code weight_density} (1, for N:M what it leaves), {@code activation_density} (1); or
 *       {@code weight_model}, {@code activation_model}: see {@link ModelText}
 * </ul>
 */
final class LayerText {

  private LayerText() {}

  static Layer read(FileNode node) {
    return node.build(() -> layer(node));
  }

  private static Layer layer(FileNode node) {
    String name = node.required("name").text();
    FileNode kind = node.required("kind");
    LayerShape shape =
        kind.oneOf("gemm", "conv").equals("gemm")
            ? new Gemm(node.required("m").size(), node.required("k").size(), count(node, "n"))
            : convolution(node);
    Layer layer = Layer.dense(name, shape);
    DataType type =
        node.optional("dtype")
            .map(n -> n.build(() -> DataType.parse(n.text())))
            .orElse(layer.type());
    SparsityPattern pattern =
        node.optional("pattern")
            .map(n -> n.build(() -> SparsityPattern.parse(n.text())))
            .orElse(Unstructured.INSTANCE);
    pattern.requireFits("weights", weightExtents(shape));
    return ModelText.activations(node, ModelText.weights(node, layer.withType(type), pattern));
  }

  private static Convolution convolution(FileNode node) {
    FileNode input = node.required("input");
    FileNode kernel = node.required("kernel");
    int stride = count(node, "stride");
    int padding = node.optional("padding").map(n -> n.integer(0, Integer.MAX_VALUE)).orElse(0);
    ConvolutionShape shape =
        new ConvolutionShape(
            node.required("in_channels").size(),
            extent(input, 0),
            extent(input, 1),
            node.required("out_channels").size(),
            new Window(extent(kernel, 0), stride, padding),
            new Window(extent(kernel, 1), stride, padding),
            count(node, "groups"));
    return new Convolution(shape, count(node, "batch"));
  }

  private static int count(FileNode node, String key) {
    return node.optional(key).map(FileNode::size).orElse(1);
  }

  private static int extent(FileNode node, int axis) {
    if (!node.isList()) {
      return node.size();
    }
    if (node.items().size() != 2) {
      throw node.error(
          "a number, or [height, width]",
          node.items().size() + " numbers",
          "write one number, or two");
    }
    return node.items().get(axis).size();
  }

  private static int[] weightExtents(LayerShape shape) {
    if (shape instanceof Convolution convolution) {
      ConvolutionShape sizes = convolution.shape();
      return new int[] {
        sizes.outChannels(),
        sizes.inChannels() / sizes.groups(),
        sizes.vertical().kernel(),
        sizes.horizontal().kernel()
      };
    }
    return new int[] {shape.weightRows(), shape.weightColumns()};
  }
}
