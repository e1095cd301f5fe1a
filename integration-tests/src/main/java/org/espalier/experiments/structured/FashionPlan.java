package org.espalier.experiments.structured;

import java.util.Locale;
import org.espalier.examples.model.LearningRateShape;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.sparse.InvalidInputException;

/**
 * How networks of the study are made.
 *
 * @param width filters of the first convolutions
 * @param training of the dense network
 * @param tuning of all that are trained further
 */
record FashionPlan(int width, TrainingSettings training, TrainingSettings tuning) {

  private static final int BATCH = 128;
  private static final float MOMENTUM = 0.9f;
  private static final float DECAY = 5e-4f;

  /** Both with learning rates that fall to 0, the second from less than the first. */
  static FashionPlan of(int width, int epochs, int tuningEpochs) {
    return new FashionPlan(width, settings(epochs, 0.1f), settings(tuningEpochs, 0.03f));
  }

  private static TrainingSettings settings(int epochs, float rate) {
    return new TrainingSettings(BATCH, epochs, rate, MOMENTUM, DECAY, LearningRateShape.COSINE);
  }

  /**
   * Returns the tuning after one of so many removals, each with its own decay of the learning rate.
   *
   * @throws InvalidInputException if the epochs cannot be shared evenly: all variants have as many
   */
  TrainingSettings share(int steps) {
    if (tuning.epochs() % steps != 0) {
      throw new InvalidInputException(
          "--tuning-epochs", "a multiple of " + steps, "" + tuning.epochs(), "correct it");
    }
    return tuning.withEpochs(tuning.epochs() / steps);
  }

  /** Returns the name of the folder of its runs. */
  String folder() {
    return String.format(
        Locale.ROOT, "width-%d_epochs-%d-%d", width, training.epochs(), tuning.epochs());
  }
}
