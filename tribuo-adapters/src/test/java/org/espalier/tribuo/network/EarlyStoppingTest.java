package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;

/** Training stops some epochs after the smallest validation loss, and keeps its weights. */
class EarlyStoppingTest {

  /** Labels by chance: whatever is learned makes the validation loss larger. */
  private static MutableDataset<Label> chance() {
    Random random = new Random(4);
    List<Example<Label>> list = new ArrayList<>();
    for (int e = 0; e < 60; e++) {
      Label label = new Label(random.nextBoolean() ? "a" : "b");
      list.add(ToyData.example(label, random.doubles(10, -1, 1).toArray()));
    }
    return ToyData.dataset(list, new LabelFactory());
  }

  private static SparseNetworkTrainerBuilder<Label> builder(int epochs) {
    return SparseNetworkTrainer.builder(new DenseNetworkSpec(32), new LabelAdapter())
        .optOptimizer(OptimizerSpec.adam(0.02))
        .optEpochs(epochs)
        .optValidationFraction(0.3);
  }

  private static int value(SparseNetworkModel<?> model, String key) {
    return ((IntProvenance) model.getProvenance().getInstanceProvenance().getMap().get(key))
        .getValue();
  }

  @Test
  void stopsAndKeepsTheBest() {
    var model = builder(200).optPatience(3).build().train(chance());
    int epochs = value(model, TrainingProvenance.EPOCHS);
    int chosen = value(model, TrainingProvenance.CHOSEN_EPOCH);
    assertTrue(epochs < 200, epochs + " epochs");
    assertEquals(epochs - 3, chosen);
    // The same training, ended at that epoch, has the same weights.
    var ended = builder(chosen).build().train(chance());
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        ReproductionTest.weights(ended), ReproductionTest.weights(model));
  }

  @Test
  void waitsForTheRecipe() {
    var recipe = Recipe.of(new OneShot(0.5, Timing.Unit.EPOCH, 20));
    var model = builder(40).optPatience(1).optRecipe(recipe).build().train(chance());
    // Epochs 1 to 20 are dense, the 21st begins with the decision.
    int chosen = value(model, TrainingProvenance.CHOSEN_EPOCH);
    assertTrue(chosen >= 21, "epoch " + chosen);
    assertEquals(0.5, model.sparsity());
    assertNotEquals(40, value(model, TrainingProvenance.EPOCHS));
  }

  @Test
  void withoutPatienceTheLastEpochCounts() {
    var model = builder(5).build().train(chance());
    assertEquals(5, value(model, TrainingProvenance.EPOCHS));
    assertEquals(5, value(model, TrainingProvenance.CHOSEN_EPOCH));
  }
}
