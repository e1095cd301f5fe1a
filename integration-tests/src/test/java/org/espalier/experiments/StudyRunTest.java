package org.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.examples.data.DigitGenerator;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.model.LearningRateShape;
import org.espalier.examples.model.TrainingSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StudyRunTest {

  /**
   * 266 200 weights at 95 % keep floor(0.05 * 266 200 + 0.5) = 13 310; ERK rounds layer by layer,
   * so one weight more or less. Digits of ten kinds: 10 % would be chance.
   */
  @ParameterizedTest
  @EnumSource(SparseMethod.class)
  void everyMethodEndsWithItsBudgetAndHasLearned(SparseMethod method) throws Exception {
    ImageData data = DigitGenerator.data(1000, 300, 3);
    TrainingSettings settings =
        new TrainingSettings(50, 4, 0.05f, 0.9f, 0, LearningRateShape.COSINE);
    Training training = Training.of("lenet-300-100", settings);
    StudyRun.Result result = new StudyRun(data, training, 1).run(method, 0.95);
    assertEquals(method.dense() ? 0 : 13_310, result.state().keptCount(), 1);
    assertTrue(result.accuracy() > 0.3, "accuracy " + result.accuracy());
    assertTrue(result.best() >= result.accuracy());
  }
}
