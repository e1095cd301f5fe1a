package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.evaluator.Evaluator;
import java.util.List;
import java.util.function.Supplier;
import org.espalier.pruning.core.Quality;
import org.espalier.sparse.InvalidInputException;

/**
 * Examines a network on a fixed set of batches, in inference mode: nothing is dropped out, running
 * statistics stand still, no listener hears of it, and every array is freed.
 *
 * <pre>{@code
 * List<Sample> batches = Samples.first(16, validation.getData(manager), model.getNDManager());
 * listener.withLedger(new SampleExaminer(batches));
 * }</pre>
 */
public final class SampleExaminer implements Examiner {

  private static final String ACCUMULATOR = "examination";

  private final List<Sample> batches;
  private final Supplier<Evaluator> accuracy;

  /**
   * Examines classifiers: the share of examples whose largest prediction along axis 1 is their
   * label.
   *
   * @param batches at least one, on the device of the network's parameters; they stay the caller's
   *     and must live as long as the training
   */
  public SampleExaminer(List<Sample> batches) {
    this(batches, Accuracy::new);
  }

  /**
   * Examines by an evaluator of DJL's.
   *
   * @param batches at least one, on the device of the network's parameters; they stay the caller's
   *     and must live as long as the training
   * @param accuracy makes a fresh evaluator whose result lies in [0, 1]
   */
  public SampleExaminer(List<Sample> batches, Supplier<Evaluator> accuracy) {
    this.batches = List.copyOf(batches);
    this.accuracy = accuracy;
    if (batches.isEmpty()) {
      throw new InvalidInputException(
          "ledger", "at least one batch to examine on", "none", "give it some");
    }
  }

  @Override
  public Quality examine(Trainer trainer) {
    Evaluator evaluator = accuracy.get();
    evaluator.addAccumulator(ACCUMULATOR);
    double lossSum = 0;
    long examples = 0;
    for (Sample batch : batches) {
      try (NDManager scratch = trainer.getManager().newSubManager()) {
        // Copies: blocks may write to their inputs, and results belong to the inputs' manager.
        NDList labels = ArrayCopies.of(batch.labels(), scratch);
        NDList predictions = trainer.evaluate(ArrayCopies.of(batch.data(), scratch));
        predictions.attach(scratch);
        evaluator.updateAccumulator(ACCUMULATOR, labels, predictions);
        long size = batch.data().head().getShape().get(0);
        lossSum += size * loss(trainer, labels, predictions);
        examples += size;
      }
    }
    return new Quality(evaluator.getAccumulator(ACCUMULATOR), lossSum / examples);
  }

  private static double loss(Trainer trainer, NDList labels, NDList predictions) {
    try (NDArray loss = trainer.getLoss().evaluate(labels, predictions);
        NDArray mean = loss.mean()) {
      return mean.getFloat();
    }
  }
}
