package org.espalier.pruning.core.update;

import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.mask.Mask;

/** Vectors in a step, for tests of update rules. */
final class StepTensors {

  private StepTensors() {}

  static StepTensor beforeUpdate(String name, float[] weights, float... gradient) {
    return new StepTensor(
        info(name, weights), Mask.dense(weights.length), weights, gradient, new float[0], 0.1);
  }

  static StepTensor afterUpdate(
      String name, Mask mask, float[] weights, float[] initial, double learningRate) {
    return new StepTensor(info(name, weights), mask, weights, new float[0], initial, learningRate);
  }

  private static TensorInfo info(String name, float[] weights) {
    return new TensorInfo(name, new int[] {weights.length}, true);
  }

  static StepContext at(long step) {
    return new StepContext(new TrainingTime(step, 0, step == 0), 42);
  }

  /** Reads a rule from a recipe, and makes sure that the recipe's text says all of it. */
  static UpdateRule read(String rule) {
    Recipe recipe = Recipe.parse("{schedule: {type: one-shot, target: 0.5}, update: " + rule + "}");
    if (!Recipe.parse(recipe.canonicalText()).equals(recipe)) {
      throw new AssertionError(recipe.canonicalText());
    }
    return recipe.groups().get(0).update();
  }
}
