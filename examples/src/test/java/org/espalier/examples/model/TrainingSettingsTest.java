package org.espalier.examples.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.training.tracker.Tracker;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSettingsTest {

  private static TrainingSettings settings(LearningRateShape shape) {
    return new TrainingSettings(10, 2, 0.8f, 0.9f, 0f, shape);
  }

  /** By hand, 2 epochs of 4 steps: update u (from 1) comes at (u - 1) / 8 of the training. */
  @ParameterizedTest
  @CsvSource({
    "CONSTANT, 1, 0.8",
    "CONSTANT, 8, 0.8",
    "LINEAR, 1, 0.8",
    "LINEAR, 5, 0.4",
    "LINEAR, 8, 0.1",
    "LINEAR, 9, 0",
    "LINEAR, 99, 0",
    "COSINE, 1, 0.8",
    "COSINE, 5, 0.4",
    "COSINE, 3, 0.6828427", // 0.4 * (1 + cos(pi / 4))
    "COSINE, 9, 0",
  })
  void theRateFollowsItsShape(LearningRateShape shape, int update, float expected) {
    Tracker tracker = settings(shape).tracker(4);
    assertEquals(expected, tracker.getNewValue(update), 1e-6f);
  }

  @Test
  void everyNetworkHasDefaults() {
    for (String name : Networks.names()) {
      assertNotNull(TrainingSettings.defaultsFor(name).optimizer(10));
    }
    assertThrows(InvalidInputException.class, () -> TrainingSettings.defaultsFor("resnet"));
  }

  @Test
  void changesTheNumberOfEpochsOnly() {
    TrainingSettings longer = settings(LearningRateShape.LINEAR).withEpochs(7);
    assertEquals(new TrainingSettings(10, 7, 0.8f, 0.9f, 0f, LearningRateShape.LINEAR), longer);
  }

  @Test
  void changesThePeakRateOnly() {
    TrainingSettings gentler = settings(LearningRateShape.LINEAR).withPeakLearningRate(0.08f);
    assertEquals(new TrainingSettings(10, 2, 0.08f, 0.9f, 0f, LearningRateShape.LINEAR), gentler);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.1, 0.9, 0",
    "1, 0, 0.1, 0.9, 0",
    "1, 1, 0, 0.9, 0",
    "1, 1, NaN, 0.9, 0",
    "1, 1, 0.1, 1, 0",
    "1, 1, 0.1, -0.1, 0",
    "1, 1, 0.1, 0.9, -1",
  })
  void refusesWhatCannotTrain(int batch, int epochs, float rate, float momentum, float decay) {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TrainingSettings(batch, epochs, rate, momentum, decay, LearningRateShape.CONSTANT));
  }

  @Test
  void refusesEpochsWithoutSteps() {
    assertThrows(
        IllegalArgumentException.class, () -> settings(LearningRateShape.LINEAR).tracker(0));
  }
}
