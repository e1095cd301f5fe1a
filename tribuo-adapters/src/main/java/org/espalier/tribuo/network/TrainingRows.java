package org.espalier.tribuo.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.Batchifier;

/**
 * Examples that a network is trained or validated with. Batches are laid out when they are needed:
 * until then absent features take no memory.
 *
 * @param encoder scales features
 * @param examples at least one, each of a weight above 0
 * @param targets what the network has to learn: examples x width, row-major
 */
record TrainingRows(InputEncoder encoder, EncodedExample[] examples, float[] targets) {

  /** Returns the values of a target. */
  int width() {
    return targets.length / examples.length;
  }

  /**
   * Returns some examples for DJL: data (batch, ...), labels (batch, width) and, as second labels,
   * weights (batch, 1).
   *
   * @param order of all examples
   * @param begin first of the batch in that order
   * @param end one past the last
   * @param manager parent of the batch's manager
   */
  Batch batch(int[] order, int begin, int end, NDManager manager) {
    int count = end - begin;
    int size = encoder.size();
    float[] inputs = new float[Math.multiplyExact(count, size)];
    float[] labels = new float[count * width()];
    float[] weights = new float[count];
    float[] empty = encoder.empty();
    for (int i = 0; i < count; i++) {
      int row = order[begin + i];
      encoder.row(examples[row], empty, inputs, i * size);
      System.arraycopy(targets, row * width(), labels, i * width(), width());
      weights[i] = examples[row].weight();
    }
    NDManager own = manager.newSubManager();
    return new Batch(
        own,
        new NDList(own.create(inputs, BlockShapes.of(count, encoder.layout().shape()))),
        new NDList(
            own.create(labels, new Shape(count, width())),
            own.create(weights, new Shape(count, 1))),
        count,
        Batchifier.STACK,
        Batchifier.STACK,
        begin,
        order.length);
  }
}
