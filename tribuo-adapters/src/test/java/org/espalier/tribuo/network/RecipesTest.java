package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.FutureTask;
import org.espalier.pruning.core.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuo.classification.Label;

/** Recipes of every kind work, not only the smallest weights. */
class RecipesTest {

  /** Two layers of 20 x 20 and 2 x 20 weights; 10 epochs of 5 steps. */
  private static SparseNetworkModel<Label> train(String recipe) {
    return SparseNetworkTrainer.builder(new DenseNetworkSpec(20), new LabelAdapter())
        .optEpochs(10)
        .optRecipe(Recipe.parse(recipe))
        .build()
        .train(ToyData.labels(160, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // 440 weights keep 88 in all.
        "{criterion: snip, allocation: global, batches: 4, schedule: {type: one-shot, target: 0.8}}"
            + "| 352",
        // Steps that a decision waits for batches are none: 46 are left.
        "{criterion: wanda, pattern: '2:4', batches: 4, schedule: {type: one-shot, target: 0.5}}"
            + "| 220",
        // Each layer keeps 80 and 8; the end lies behind the training, the sparsity does not.
        "{lifecycle: rigl, schedule: {type: constant, target: 0.8, every: 10, end: 7500}} | 352",
        // Masked in the forward pass only, until the end.
        "{lifecycle: reselect, forward: straight-through, schedule: {type: constant, target: 0.8}}"
            + "| 352",
        // Whole features of the input.
        "{groups: [{include: [01Linear_weight], pattern: input-channel,"
            + " schedule: {type: one-shot, target: 0.5, at: 3, unit: epoch}}]} | 200"
      })
  void zerosAreExact(String recipe, long zeros) {
    var model = train(recipe);
    assertEquals(zeros, model.weights().stream().mapToLong(WeightCount::zeros).sum());
  }

  @Test
  void prunedInputsHaveNoPaths() {
    var model =
        train(
            "{groups: [{include: [01Linear_weight], pattern: input-channel,"
                + " schedule: {type: one-shot, target: 0.5, at: 3, unit: epoch}}]}");
    assertEquals(10, model.getTopFeatures(-1).get("far").size());
  }

  @Test
  void rulesThatLearnMasksLeaveTheirZeros() {
    var model =
        train(
            "{lifecycle: follow, schedule: {type: observe, unit: epoch},"
                + " forward: {type: learned-threshold, lambda: 0.1}}");
    assertEquals(2, model.weights().size());
    // The rule decides how many: more than chance makes, and not all.
    assertTrue(model.sparsity() > 0.1 && model.sparsity() < 1, "sparsity " + model.sparsity());
  }

  @Test
  void anyThreadTrainsTheSameWeights() throws Exception {
    String recipe = "{schedule: {type: cubic, target: 0.9, end: 40, every: 5}}";
    FutureTask<SparseNetworkModel<Label>> other = new FutureTask<>(() -> train(recipe));
    Thread thread = new Thread(other);
    thread.start();
    var here = train(recipe);
    assertArrayEquals(ReproductionTest.weights(here), ReproductionTest.weights(other.get()));
    thread.join();
  }
}
