package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.InvalidInputException;

/** Copies of batches: a {@link Batch} dies with its optimizer step, evidence outlives it. */
public final class Samples {

  private Samples() {}

  /**
   * Copies the first batches of a data set, for decisions on batches that are given beforehand.
   *
   * <pre>{@code
   * List<Sample> evidence = Samples.first(4, dataset.getData(manager), model.getNDManager());
   * }</pre>
   *
   * @param count how many, at least 1
   * @param batches those that are taken are closed
   * @param manager owner of the copies, which live on its device until it is closed
   * @throws InvalidInputException if there are fewer
   */
  public static List<Sample> first(int count, Iterable<Batch> batches, NDManager manager) {
    if (count < 1) {
      throw new InvalidInputException(
          "batches", "at least 1", Integer.toString(count), "correct it");
    }
    List<Sample> samples = new ArrayList<>();
    for (Batch batch : batches) {
      try (batch) {
        samples.add(copy(batch, manager));
      }
      if (samples.size() == count) {
        return samples;
      }
    }
    throw new InvalidInputException(
        "batches",
        "at least " + count + " in the data set",
        Integer.toString(samples.size()),
        "ask for fewer, or make batches smaller");
  }

  /** Copies data and labels to the device of a manager, which will own the copies. */
  public static Sample copy(Batch batch, NDManager manager) {
    return new Sample(
        ArrayCopies.of(batch.getData(), manager), ArrayCopies.of(batch.getLabels(), manager));
  }
}
