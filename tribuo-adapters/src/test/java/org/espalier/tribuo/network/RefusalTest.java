package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;

/** What cannot be trained, configured or predicted is refused in the words of Tribuo's users. */
class RefusalTest {

  private static final DenseNetworkSpec NETWORK = new DenseNetworkSpec(4);
  private static final MutableDataset<Label> DATA = ToyData.labels(64, 1);

  @TempDir Path folder;

  private static SparseNetworkTrainerBuilder<Label> builder() {
    return SparseNetworkTrainer.builder(NETWORK, new LabelAdapter()).optEpochs(2);
  }

  private static void assertProperty(String property, String words, Executable action) {
    PropertyException e = assertThrows(PropertyException.class, action);
    assertEquals(property, e.getProperty());
    assertTrue(e.getMsg().contains(words), e.getMsg());
  }

  private static void assertArgument(String words, Executable action) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, action);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void dataThatCannotBeTrained() {
    var trainer = builder().build();
    MutableDataset<Label> none = ToyData.dataset(List.of(), new LabelFactory());
    assertArgument("empty", () -> trainer.train(none));
    MutableDataset<Label> unknown =
        ToyData.dataset(
            List.of(ToyData.example(LabelFactory.UNKNOWN_LABEL, 1, 2)), new LabelFactory());
    assertArgument("this Trainer is supervised", () -> trainer.train(unknown));
    MutableDataset<Label> infinite =
        ToyData.dataset(
            List.of(ToyData.example(new Label("a"), 1, Double.POSITIVE_INFINITY)),
            new LabelFactory());
    assertArgument("Infinity", () -> trainer.train(infinite));
    MutableDataset<Label> few =
        ToyData.dataset(List.of(ToyData.example(new Label("a"), 1)), new LabelFactory());
    var validated = builder().optValidationFraction(0.5).build();
    assertArgument("leave none", () -> validated.train(few));
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void outputsOfAnotherKind() {
    SparseNetworkTrainer raw =
        SparseNetworkTrainer.builder(NETWORK, new RegressorAdapter()).build();
    assertArgument("RegressorAdapter is for those of", () -> raw.train(DATA));
  }

  @Test
  void examplesWithoutKnownFeature() {
    var model = builder().build().train(DATA);
    ArrayExample<Label> unseen = new ArrayExample<>(new Label("near"));
    unseen.add("another", 1);
    assertArgument("No features found", () -> model.predict(unseen));
    ArrayExample<Label> partly = new ArrayExample<>(new Label("near"));
    partly.add("f01", 0.5);
    var expected = model.predict(partly).getOutput();
    partly.add("another", 1e30);
    assertTrue(expected.fullEquals(model.predict(partly).getOutput()));
    assertEquals(1, model.predict(partly).getNumActiveFeatures());
  }

  @Test
  void recipesThatDoNotFit() {
    var group = PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 0));
    var other = Recipe.of(group.optInclude("09Linear_weight").build());
    assertProperty(
        "recipe", "09Linear_weight", () -> builder().optRecipe(other).build().train(DATA));
    // 2 epochs of 64 / 32 examples have the steps 0 to 3.
    var late = Recipe.of(new OneShot(0.5, Timing.Unit.STEP, 4));
    assertProperty("recipe", "step 4", () -> builder().optRecipe(late).build().train(DATA));
    var last = Recipe.of(new OneShot(0.5, Timing.Unit.STEP, 3));
    assertEquals(0.5, builder().optRecipe(last).build().train(DATA).sparsity());
    var epoch = Recipe.of(new OneShot(0.5, Timing.Unit.EPOCH, 2));
    assertProperty("recipe", "epoch 2", () -> builder().optRecipe(epoch).build().train(DATA));
  }

  @Test
  void propertiesThatDoNotHold() {
    assertProperty("epochs", "at least 1", () -> builder().optEpochs(0).build());
    assertProperty("batchSize", "at least 1", () -> builder().optBatchSize(0).build());
    assertProperty("sparsity", "1.0", () -> builder().optSparsity(1).build());
    assertProperty("patience", "validationFraction", () -> builder().optPatience(1).build());
    assertProperty(
        "validationFraction", "[0, 1)", () -> builder().optValidationFraction(1).build());
    assertProperty(
        "recipePath", "does not hold", () -> builder().optRecipePath(Path.of("none.yaml")).build());
    assertProperty(
        "sparsity",
        "exclude each other",
        () -> builder().optSparsity(0.5).optRecipePath(Path.of("none.yaml")).build());
    assertProperty("hiddenUnits", "[0]", () -> new DenseNetworkSpec(0));
    assertProperty("learningRate", "above 0", () -> OptimizerSpec.adam(0));
    assertProperty("momentum", "SGD", () -> new OptimizerSpec(OptimizerSpec.Kind.ADAM, 1, 0.5, 0));
    assertProperty(
        "poolSize",
        "leave nothing",
        () -> new ConvolutionalNetworkSpec(3, 3, 1, new int[] {1, 1}, new int[0]));
    assertProperty(
        "factory", "no such class", () -> new BlockFactorySpec("org.example.None", Map.of()));
    assertProperty(
        "factory", "does not implement", () -> new BlockFactorySpec("java.lang.String", Map.of()));
  }

  @Test
  void aWrongClassNameInAConfigurationIsNamed() throws IOException {
    Path file = folder.resolve("wrong.xml");
    Files.writeString(
        file,
        """
        <config>
          <component name="mine" type="org.espalier.tribuo.network.BlockFactorySpec">
            <property name="factory" value="org.example.None"/>
          </component>
        </config>
        """);
    try (ConfigurationManager manager = new ConfigurationManager(file.toString())) {
      PropertyException e = assertThrows(PropertyException.class, () -> manager.lookup("mine"));
      assertTrue(e.toString().contains("mine"), e.toString());
      assertTrue(e.toString().contains("org.example.None"), e.toString());
    }
  }

  @Test
  void featuresThatAreNoPixels() {
    var spec = new ConvolutionalNetworkSpec(2, 2, 1, new int[] {1}, new int[0]);
    var trainer = SparseNetworkTrainer.builder(spec, new LabelAdapter()).build();
    assertArgument("'f04' is no pixel", () -> trainer.train(DATA));
    ArrayExample<Label> twice = new ArrayExample<>(new Label("a"));
    twice.add("p1", 1);
    twice.add("q1", 1);
    var same = ToyData.dataset(List.of(twice), new LabelFactory());
    assertArgument("the same pixel 1", () -> trainer.train(same));
  }
}
