package org.espalier.pruning.structured.reconstruction;

import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.update.Centripetal;
import org.espalier.pruning.core.update.StepContext;
import org.espalier.pruning.core.update.StepTensor;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/** Equal filters become one. */
class TrimmingTest {

  private static final String[] NORM = {"gamma", "beta", "runningMean", "runningVar"};

  private static Bench images() {
    Block norm = BatchNorm.builder().build();
    return new Bench(
        new Shape(1, 3, 6, 5),
        Bench.conv(6, 1, true),
        norm,
        Activation.reluBlock(),
        Bench.conv(4, 1, false),
        Activation.reluBlock(),
        Blocks.batchFlattenBlock(),
        Bench.linear(5),
        Activation.sigmoidBlock(),
        Bench.linear(2));
  }

  @Test
  void equalFiltersBecomeOne() {
    try (Bench bench = images()) {
      for (int filter : new int[] {2, 5}) {
        bench.combine("01Conv2d_weight", filter, 1);
        bench.combine("01Conv2d_bias", filter, 1);
        for (String entry : NORM) {
          bench.combine("02BatchNorm_" + entry, filter, 1);
        }
      }
      bench.combine("04Conv2d_weight", 3, 0, 1);
      bench.combine("07Linear_weight", 4, 0, 0, 1);
      bench.combine("07Linear_bias", 4, 0, 0, 1);
      bench.requireUnchanged(new Trimming(0), 4);
    }
  }

  /** The weights are equal, the norm is not. */
  @Test
  void everythingMustBeEqual() {
    try (Bench bench = images()) {
      bench.combine("01Conv2d_weight", 2, 1);
      bench.combine("01Conv2d_bias", 2, 1);
      bench.requireUnchanged(new Trimming(0), 0);
    }
  }

  @Test
  void toleranceIsOfTheLargestDifference() {
    try (Bench bench = images()) {
      bench.combine("04Conv2d_weight", 3, 0, 1);
      bench.edit("04Conv2d_weight", values -> values[9 * 6 * 3 + 7] += 1e-6f);
      bench.requireUnchanged(new Trimming(0), 0);
      bench.requireUnchanged(new Trimming(2e-6), 1);
    }
  }

  /**
   * Steps of Sgd with the gradients that the rule makes of random ones, τ = 0.5 and ε = 1:
   * distances halve, so that 60 steps leave clusters of equal filters, 3 of 6 and 2 of 4.
   */
  @Test
  void centripetalSgdMakesFiltersEqual() {
    try (Bench bench =
        new Bench(
            new Shape(1, 3, 6, 5),
            Bench.conv(6, 1, true),
            Activation.reluBlock(),
            Bench.conv(4, 1, true),
            Activation.reluBlock(),
            Bench.conv(2, 0, true))) {
      SplittableRandom random = new SplittableRandom(3);
      for (String layer : new String[] {"01Conv2d_", "03Conv2d_"}) {
        for (String parameter : new String[] {layer + "weight", layer + "bias"}) {
          int filters = layer.startsWith("01") ? 6 : 4;
          bench.edit(parameter, values -> train(values, filters, random));
        }
      }
      bench.requireUnchanged(new Trimming(1e-6), 5);
    }
  }

  private static void train(float[] values, int filters, SplittableRandom random) {
    int[] shape = {filters, values.length / filters};
    TensorInfo info = new TensorInfo("w", shape, true, 1);
    for (int step = 0; step < 60; step++) {
      float[] gradient = new float[values.length];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) random.nextDouble(-0.01, 0.01);
      }
      StepTensor tensor =
          new StepTensor(info, Mask.dense(shape), values, gradient, new float[0], 0.5);
      new Centripetal(0.5, 1)
          .editGradients(List.of(tensor), new StepContext(TrainingTime.START, 0));
      for (int i = 0; i < values.length; i++) {
        values[i] -= 0.5f * gradient[i];
      }
    }
  }

  @Test
  void negativeToleranceIsRefused() {
    assertThrows(InvalidInputException.class, () -> new Trimming(-1));
  }
}
