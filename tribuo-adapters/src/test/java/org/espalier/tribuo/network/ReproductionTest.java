package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.tribuo.Rebuilding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;

/** Equal weights from equal configurations, and configurations from the provenance of models. */
class ReproductionTest {

  @TempDir Path folder;

  private static final MutableDataset<Label> DATA = ToyData.labels(120, 1);

  private static SparseNetworkTrainerBuilder<Label> builder() {
    return SparseNetworkTrainer.builder(
            new DenseNetworkSpec(new int[] {12}, ActivationFunction.RELU, true, 0.2),
            new LabelAdapter())
        .optEpochs(4);
  }

  static float[] weights(Model<?> model) {
    return ((DenseLayer) ((SparseNetworkModel<?>) model).layers().get(0)).weights();
  }

  @Test
  void invocationsDifferAndCanBeRepeated() {
    var trainer = builder().optSparsity(0.5).build();
    float[] first = weights(trainer.train(DATA));
    float[] second = weights(trainer.train(DATA));
    assertEquals(2, trainer.getInvocationCount());
    assertFalse(java.util.Arrays.equals(first, second));
    trainer.setInvocationCount(1);
    assertArrayEquals(second, weights(trainer.train(DATA)));
    assertArrayEquals(first, weights(trainer.train(DATA, Map.of(), 0)));
    assertEquals(1, trainer.getInvocationCount());
    assertArrayEquals(first, weights(builder().optSparsity(0.5).build().train(DATA)));
  }

  @Test
  void anotherSeedGivesOtherWeights() {
    float[] one = weights(builder().build().train(DATA));
    assertFalse(java.util.Arrays.equals(one, weights(builder().optSeed(2).build().train(DATA))));
  }

  @Test
  void provenanceRebuildsTheTrainingOfASecondModel() throws IOException {
    var trainer = builder().optSparsity(0.75).optValidationFraction(0.2).optPatience(2).build();
    trainer.train(DATA);
    var model = trainer.train(DATA);
    var again = Rebuilding.trainer(model, folder).train(DATA);
    assertArrayEquals(weights(model), weights(again));
    assertEquals(
        model.getProvenance().getInstanceProvenance(),
        again.getProvenance().getInstanceProvenance());
  }

  @Test
  void theContentOfARecipeFileCountsNotItsPath() throws IOException {
    Path file = folder.resolve("recipe.yaml");
    Files.writeString(
        file, "schedule: {type: one-shot, target: 0.6, at: 5}\nexclude: [05Linear_weight]\n");
    var trainer = builder().optRecipePath(file).build();
    Recipe recipe = Recipe.load(file);
    Files.delete(file);
    var model = trainer.train(DATA);
    // 12 x 20 weights keep 96.
    assertEquals(new WeightCount("01Linear_weight", 240, 144), model.weights().get(0));
    assertEquals(0, model.weights().get(1).zeros());
    assertArrayEquals(weights(model), weights(Rebuilding.trainer(model, folder).train(DATA)));
    assertEquals(
        recipe.sha256(), value(model, TrainingProvenance.RECIPE_SHA256).getValue().toString());
    assertEquals(recipe, Recipe.parse(value(model, TrainingProvenance.RECIPE).toString()));
  }

  private static com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance<?> value(
      Model<?> model, String key) {
    Provenance value = model.getProvenance().getInstanceProvenance().getMap().get(key);
    return (com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance<?>) value;
  }

  @Test
  void provenanceTellsOfTheTraining() {
    var recipe = Recipe.of(new OneShot(0.5, Timing.Unit.EPOCH, 1));
    var model = builder().optRecipe(recipe).build().train(DATA);
    assertEquals(0.5, value(model, "sparsity-01Linear_weight").getValue());
    assertEquals(4, value(model, TrainingProvenance.EPOCHS).getValue());
    assertEquals(4, value(model, TrainingProvenance.CHOSEN_EPOCH).getValue());
    assertEquals("PyTorch", value(model, TrainingProvenance.ENGINE).getValue());
    assertTrue(value(model, TrainingProvenance.DJL_VERSION).toString().startsWith("0."));
    assertTrue(value(model, TrainingProvenance.ENGINE_VERSION).toString().startsWith("2."));
    var dense = builder().build().train(DATA);
    assertFalse(
        dense
            .getProvenance()
            .getInstanceProvenance()
            .getMap()
            .containsKey(TrainingProvenance.RECIPE));
    assertEquals(0, dense.sparsity());
  }
}
