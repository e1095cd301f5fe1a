package org.espalier.examples.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorHeader;

/**
 * L2 norms of the layers beside a weight, with the prunable tensors of a file, in its order, as the
 * layers of a chain: the outputs of each (axis 0) are the inputs of the next (axis 1). Before the
 * first and behind the last layer all norms are 1. Sums are in double precision.
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
  float[] previous() {
    return norms(neighbor(-1), 0, tensor.shape().length > 1 ? tensor.shape()[1] : -1, "previous");
  }

  /** Returns one norm per output of the tensor: over the weights that read this output. */
  float[] next() {
    return norms(neighbor(1), 1, tensor.shape()[0], "next");
  }

  private Optional<TensorHeader> neighbor(int step) {
    int at = place + step;
    return place < 0 || at < 0 || at >= chain.size()
        ? Optional.empty()
        : Optional.of(chain.get(at));
  }

  private float[] norms(Optional<TensorHeader> neighbor, int axis, int extent, String side) {
    if (place < 0 || (neighbor.isPresent() && neighbor.get().shape()[axis] != extent)) {
      throw new InvalidInputException(
          "--statistics",
          "a tensor '%s.%s_norm', or layers that follow each other".formatted(tensor.name(), side),
          neighbor.map(n -> n + " beside " + tensor).orElse("none"),
          "give a file that holds it");
    }
    if (neighbor.isEmpty()) {
      float[] ones = new float[extent];
      Arrays.fill(ones, 1);
      return ones;
    }
    float[] values = new NamedValues(file, neighbor.get()).finite();
    int[] shape = neighbor.get().shape();
    int inner = values.length / shape[0];
    int kernel = inner / shape[1];
    double[] squares = new double[extent];
    for (int i = 0; i < values.length; i++) {
      squares[axis == 0 ? i / inner : i % inner / kernel] += (double) values[i] * values[i];
    }
    float[] norms = new float[extent];
    for (int i = 0; i < extent; i++) {
      norms[i] = (float) Math.sqrt(squares[i]);
    }
    return norms;
  }
}
