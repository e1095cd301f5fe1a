package org.espalier.pruning.djl.evidence;

import ai.djl.training.Trainer;
import org.espalier.pruning.core.Quality;

/**
 * Examines a network while it is being trained. It must leave everything as it is: weights,
 * gradients, running statistics, the trainer's evaluators and random numbers. {@code
 * EasyTrain.evaluateDataset} does not: it tells the training listeners. {@link SampleExaminer} is
 * one that does.
 */
@FunctionalInterface
public interface Examiner {

  /** Returns how good the trainer's network is now. */
  Quality examine(Trainer trainer);
}
