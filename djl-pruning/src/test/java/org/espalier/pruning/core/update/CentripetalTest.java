package org.espalier.pruning.core.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class CentripetalTest {

  private static final StepContext STEP = new StepContext(TrainingTime.START, 0);

  private static StepTensor tensor(float[] weights, float[] gradient, int... shape) {
    TensorInfo info = new TensorInfo("w", shape, true, 1);
    return new StepTensor(info, Mask.dense(shape), weights, gradient, new float[0], 0.1);
  }

  /**
   * Three filters of two weights in two clusters, {0, 1} and {2} (floor(j 2 / 3)); ε = 0.5. First
   * entries of the pair: gradients 1 and 3 have the mean 2, weights 4 and 8 the mean 6: 2 + 0.5 (4
   * - 6) = 1 and 2 + 0.5 (8 - 6) = 3. Second: gradients 0 and -2, weights 1 and 1: -1 and -1. The
   * single filter keeps its gradient.
   */
  @Test
  void oneStepByHand() {
    float[] gradient = {1, 0, 3, -2, 5, 6};
    StepTensor tensor = tensor(new float[] {4, 1, 8, 1, 7, 9}, gradient, 3, 2);
    new Centripetal(1.0 / 3, 0.5).editGradients(List.of(tensor), STEP);
    assertArrayEquals(new float[] {1, -1, 3, -1, 5, 6}, gradient);
  }

  /** With weight decay η, F = F - τ (g + η F): distances to the mean shrink by 1 - τ (η + ε). */
  @Test
  void spreadShrinksByTheFactor() {
    double rate = 0.1;
    double decay = 0.2;
    double strength = 0.3;
    SplittableRandom random = new SplittableRandom(1);
    float[] weights = new float[12 * 5];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-1, 1);
    }
    for (int step = 0; step < 20; step++) {
      double before = spread(weights);
      float[] gradient = new float[weights.length];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) random.nextDouble(-1, 1);
      }
      StepTensor tensor = tensor(weights, gradient, 12, 5);
      new Centripetal(0.75, strength).editGradients(List.of(tensor), STEP);
      for (int i = 0; i < weights.length; i++) {
        weights[i] -= (float) (rate * (gradient[i] + decay * weights[i]));
      }
      double factor = 1 - rate * (decay + strength);
      assertEquals(factor * before, spread(weights), 1e-5 * before);
    }
  }

  /** Root of the sum of squared distances of 12 filters from the means of their 3 clusters of 4. */
  private static double spread(float[] weights) {
    double sum = 0;
    for (int cluster = 0; cluster < 3; cluster++) {
      for (int entry = 0; entry < 5; entry++) {
        double mean = 0;
        for (int filter = 4 * cluster; filter < 4 * cluster + 4; filter++) {
          mean += weights[5 * filter + entry] / 4.0;
        }
        for (int filter = 4 * cluster; filter < 4 * cluster + 4; filter++) {
          sum += Math.pow(weights[5 * filter + entry] - mean, 2);
        }
      }
    }
    return Math.sqrt(sum);
  }

  @Test
  void biasesAreClusteredAsWeightsAre() {
    float[] ofWeights = {1, 2, 3, 4, 5, 6, 7};
    float[] ofBiases = ofWeights.clone();
    Centripetal rule = new Centripetal(0.6, 0);
    rule.editGradients(List.of(tensor(new float[7], ofWeights, 7, 1, 1)), STEP);
    rule.editGradients(List.of(tensor(new float[7], ofBiases, 7)), STEP);
    assertArrayEquals(ofWeights, ofBiases);
    assertEquals(3, distinct(ofWeights));
  }

  private static long distinct(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).distinct().count();
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThrows(InvalidInputException.class, () -> new Centripetal(1, 0.1));
    assertThrows(InvalidInputException.class, () -> new Centripetal(0.5, -0.1));
  }

  @Test
  void recipesNameIt() {
    assertEquals(
        new Centripetal(0.5, 3e-3), StepTensors.read("{type: centripetal, sparsity: 0.5}"));
  }
}
