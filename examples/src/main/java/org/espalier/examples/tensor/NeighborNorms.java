package org.espalier.examples.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.pruning.core.Numbers;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorHeader;

/**
 * L2 norms of the layers beside a weight, with the prunable tensors of a file, in its order, as the
 * layers of a chain: the outputs of each (axis 0) are the inputs of the next (axis 1). Where a
 * matrix follows a convolution, its inputs are the flattened maps: an equal number of consecutive
 * inputs belongs to each channel. Before the first and behind the last layer all norms are 1.
 * Double precision throughout, sums in row-major order.
 */
final class NeighborNorms {

  private final TensorFile file;
  private final TensorHeader tensor;
  private final List<TensorHeader> chain;
  private final int place;

  NeighborNorms(TensorFile file, TensorHeader tensor) {
    this.file = file;
    this.tensor = tensor;
    this.chain = file.headers().stream().filter(TensorSelection::prunable).toList();
    this.place = chain.indexOf(tensor);
  }

  /** Returns one norm per input of the tensor: over the weights that make this input. */
  Numbers previous() {
    int inputs = tensor.shape().length > 1 ? tensor.shape()[1] : -1;
    Optional<TensorHeader> before = neighbor(-1);
    int outputs = before.map(n -> n.shape()[0]).orElse(inputs);
    boolean maps = before.isPresent() && before.get().shape().length > 2 && isMatrix(tensor);
    int area = area(before, inputs, outputs, maps, "previous");
    double[] norms = norms(before, 0, outputs, 1);
    return Numbers.of(IntStream.range(0, inputs).mapToDouble(i -> norms[i / area]).toArray());
  }

  /** Returns one norm per output of the tensor: over the weights that read this output. */
  Numbers next() {
    int outputs = tensor.shape()[0];
    Optional<TensorHeader> behind = neighbor(1);
    int inputs = behind.map(n -> n.shape()[1]).orElse(outputs);
    boolean maps = tensor.shape().length > 2 && behind.isPresent() && isMatrix(behind.get());
    int area = area(behind, inputs, outputs, maps, "next");
    return Numbers.of(norms(behind, 1, outputs, area));
  }

  private static boolean isMatrix(TensorHeader header) {
    return header.shape().length == 2;
  }

  private Optional<TensorHeader> neighbor(int step) {
    int at = place + step;
    return place < 0 || at < 0 || at >= chain.size()
        ? Optional.empty()
        : Optional.of(chain.get(at));
  }

  /** Returns how many inputs read each output: 1, or the positions of a flattened map. */
  private int area(
      Optional<TensorHeader> neighbor, int inputs, int outputs, boolean maps, String side) {
    boolean fits = maps ? inputs >= outputs && inputs % outputs == 0 : inputs == outputs;
    if (place < 0 || !fits) {
      throw new InvalidInputException(
          "--statistics",
          "a tensor '%s.%s_norm', or layers that follow each other".formatted(tensor.name(), side),
          neighbor.map(n -> n + " beside " + tensor).orElse("none"),
          "give a file that holds it");
    }
    return inputs / outputs;
  }

  private double[] norms(Optional<TensorHeader> neighbor, int axis, int extent, int area) {
    double[] norms = new double[extent];
    if (neighbor.isEmpty()) {
      Arrays.fill(norms, 1);
      return norms;
    }
    Numbers values = new NamedValues(file, neighbor.get()).finite();
    int[] shape = neighbor.get().shape();
    int inner = values.size() / shape[0];
    int kernel = inner / shape[1];
    for (int i = 0; i < values.size(); i++) {
      norms[axis == 0 ? i / inner : i % inner / kernel / area] += values.at(i) * values.at(i);
    }
    return Arrays.stream(norms).map(Math::sqrt).toArray();
  }
}
