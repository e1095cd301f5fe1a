package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.InvalidInputException;

/** Batches as single examples. */
final class Examples {

  private Examples() {}

  /** Returns the number of examples in all batches of a probe. */
  static long count(Probe probe) {
    return probe.batches().stream().mapToLong(sample -> sample.data().head().size(0)).sum();
  }

  /** Cuts a batch into batches of one example. */
  static List<Sample> of(Sample batch, NDManager manager) {
    long count = batch.data().head().size(0);
    List<Sample> examples = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      examples.add(
          new Sample(
              example(batch.data(), i, count, manager),
              example(batch.labels(), i, count, manager)));
    }
    return examples;
  }

  private static NDList example(NDList arrays, long index, long count, NDManager manager) {
    NDList example = new NDList(arrays.size());
    for (NDArray array : arrays) {
      if (array.getShape().dimension() == 0 || array.size(0) != count) {
        throw new InvalidInputException(
            "batch",
            "inputs and labels with the batch of %d examples first".formatted(count),
            "an array of shape " + array.getShape(),
            "put the batch axis first in all of them");
      }
      NDArray slice = array.get(new NDIndex().addSliceDim(index, index + 1));
      slice.attach(manager);
      example.add(slice);
    }
    return example;
  }
}
