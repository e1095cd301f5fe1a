package org.espalier.pruning.structured.gate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.pruning.djl.capture.Observer;
import org.espalier.pruning.djl.evidence.ArrayCopies;
import org.espalier.sparse.InvalidInputException;

/**
 * Derivatives of the loss by a gate on each input of a linear layer y = W a + b, for every example:
 * the sum over positions of a_j (Wᵀ ∂L/∂y)_j. ∂L/∂y is the gradient of a zero that is added to y.
 */
final class ReaderGradients implements Observer, AutoCloseable {

  /** Of the layer's own output, computed twice. */
  private static final float TOLERANCE = 1e-3f;

  /** One call of the layer: its input, and the zero that was added to its output. */
  private record Call(NDArray input, NDArray zeros) {}

  private final String path;
  private final NDManager manager;
  private final NDArray weight;
  private final NDArray bias;
  private final List<Call> calls = new ArrayList<>();
  private NDArray input;
  private float[][] columns = new float[0][];

  /**
   * @param network that the layer is in
   * @param path of the layer's weight
   */
  ReaderGradients(Block network, String path) {
    this.path = path;
    NDArray stored = network.getParameters().get(path).getArray();
    manager = stored.getManager().getEngine().newBaseManager(stored.getDevice());
    weight = copy(stored);
    String biasPath = path.substring(0, path.length() - "weight".length()) + "bias";
    bias =
        network.getParameters().contains(biasPath)
            ? copy(network.getParameters().get(biasPath).getArray())
            : manager.zeros(new Shape(weight.size(0)));
  }

  /** Blocks may close what they compute with before the backward pass: a copy is ours. */
  private NDArray copy(NDArray array) {
    return ArrayCopies.of(new NDList(array), manager, DataType.FLOAT32).head();
  }

  @Override
  public void input(NDArray read) {
    input = copy(read);
  }

  @Override
  public NDArray output(NDArray output) {
    requireOwnOutput(output);
    NDArray zeros = output.zerosLike();
    zeros.attach(manager);
    zeros.setRequiresGradient(true);
    calls.add(new Call(input, zeros));
    return output.add(zeros);
  }

  private void requireOwnOutput(NDArray output) {
    try (NDManager scratch = manager.newSubManager()) {
      input.tempAttach(scratch);
      NDArray own = input.matMul(weight.transpose()).add(bias);
      NDArray seen = ArrayCopies.of(new NDList(output), scratch, DataType.FLOAT32).head();
      float difference = own.sub(seen).abs().max().getFloat();
      float largest = own.abs().max().getFloat();
      if (!(difference <= TOLERANCE * Math.max(1, largest))) {
        throw new InvalidInputException(
            path,
            "a layer without an activation directly behind it",
            "outputs that differ by up to " + difference + " from those of the layer alone",
            "choose another criterion for the channels that it reads");
      }
    }
  }

  @Override
  public void batchEnds() {
    List<float[][]> parts = calls.stream().map(this::columns).toList();
    columns = parts.get(0);
    parts.subList(1, parts.size()).forEach(this::add);
    calls.clear();
  }

  private void add(float[][] part) {
    for (int e = 0; e < columns.length; e++) {
      for (int j = 0; j < columns[e].length; j++) {
        columns[e][j] += part[e][j];
      }
    }
  }

  private float[][] columns(Call call) {
    try (NDManager scratch = manager.newSubManager()) {
      call.input().attach(scratch);
      call.zeros().attach(scratch);
      NDArray gradient = call.zeros().getGradient();
      gradient.attach(scratch);
      NDArray products = gradient.matMul(weight).mul(call.input());
      int examples = Math.toIntExact(products.size(0));
      int width = Math.toIntExact(weight.size(1));
      float[] sums = products.reshape(examples, -1, width).sum(new int[] {1}).toFloatArray();
      return IntStream.range(0, examples)
          .mapToObj(e -> Arrays.copyOfRange(sums, e * width, (e + 1) * width))
          .toArray(float[][]::new);
    }
  }

  /** Returns the derivatives of the last batch: a row for each example, a column for each input. */
  float[][] columns() {
    return columns;
  }

  @Override
  public void close() {
    manager.close();
  }
}
