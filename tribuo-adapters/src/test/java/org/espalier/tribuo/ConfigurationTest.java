package org.espalier.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.allocation.Global;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.optimisers.AdaGrad;

/** Trainers from configuration files, and configurations from the provenance of their models. */
class ConfigurationTest {

  private static final int WEIGHTS = GeneratedData.CLASSES * GeneratedData.FEATURES;

  @TempDir Path folder;

  @BeforeAll
  static void silence() {
    GeneratedData.silenceTribuo();
  }

  private static LinearSGDModel train(LinearSGDTrainer trainer) {
    return trainer.train(GeneratedData.labels(400, 1));
  }

  private static LinearSGDTrainer trainer(PruningOptimiser pruning) {
    return new LinearSGDTrainer(new LogMulticlass(), pruning, 2, -1, 1, 42);
  }

  /** The trainer that a model's provenance describes, by way of an XML file. */
  private LinearSGDTrainer rebuilt(Model<Label> model) throws IOException {
    List<ConfigurationData> data =
        ProvenanceUtil.extractConfiguration(model.getProvenance().getTrainerProvenance());
    Path file = folder.resolve("rebuilt.xml");
    try (ConfigurationManager written = new ConfigurationManager()) {
      written.addConfiguration(data);
      written.save(file.toFile(), true);
    }
    try (ConfigurationManager read = new ConfigurationManager(file.toString())) {
      return (LinearSGDTrainer) read.lookup(data.get(0).getName());
    }
  }

  private static PruningOptimiserProvenance provenance(Model<Label> model) {
    return assertInstanceOf(
        PruningOptimiserProvenance.class,
        model.getProvenance().getTrainerProvenance().getConfiguredParameters().get("optimiser"));
  }

  @Test
  void theShippedConfigurationTrainsASparseModel() {
    try (ConfigurationManager manager = new ConfigurationManager("configs/pruned-logistic.xml")) {
      var trainer = (LinearSGDTrainer) manager.lookup("trainer");
      var model = trainer.train(GeneratedData.labels(1600, 1));
      assertEquals(WEIGHTS - 24, PrunedWeights.of(model).zeros());
      var evaluation = new LabelEvaluator().evaluate(model, GeneratedData.labels(600, 2));
      assertTrue(evaluation.accuracy() > 0.85, "accuracy " + evaluation.accuracy());
    }
  }

  @Test
  void provenanceRebuildsTheSimpleForm() throws IOException {
    var model = train(trainer(new PruningOptimiser(new AdaGrad(0.5), 0.7, 100, 500, 100)));
    var again = train(rebuilt(model));
    assertEquals(WEIGHTS - 36, PrunedWeights.of(model).zeros());
    assertEquals(model.getWeightsCopy(), again.getWeightsCopy());
    assertEquals(provenance(model), provenance(again));
    assertEquals(
        Recipe.of(Curve.cubic(0, 0.7, new Timing(Timing.Unit.STEP, 100, 500, 100))).sha256(),
        provenance(model).recipeSha256());
    assertEquals("properties", provenance(model).recipeSource());
  }

  @Test
  void provenanceRebuildsARecipeValue() throws IOException {
    // Names that only quotes tell from numbers, and from YAML's punctuation.
    Recipe recipe =
        new Recipe(
            7,
            List.of(
                PruningGroup.builder(new OneShot(0.123456789, Timing.Unit.STEP, 400))
                    .optName("0.5: \"{yes}\" & <no>")
                    .optInclude("wei*", "{weights,other}")
                    .optAllocation(Global.INSTANCE)
                    .build()));
    var model = train(trainer(new PruningOptimiser(new AdaGrad(0.5), recipe)));
    var again = train(rebuilt(model));
    assertEquals(model.getWeightsCopy(), again.getWeightsCopy());
    assertEquals(provenance(model), provenance(again));
    assertEquals(recipe.sha256(), provenance(again).recipeSha256());
    assertEquals(
        recipe, Recipe.parse(provenance(again).getConfiguredParameters().get("recipe").toString()));
  }

  @Test
  void theContentOfARecipeFileCountsNotItsPath() throws IOException {
    Path file = folder.resolve("recipe.yaml");
    Files.writeString(file, "schedule: {type: one-shot, target: 0.6, at: 300}\n");
    Path config = folder.resolve("trainer.xml");
    Files.writeString(
        config,
        Files.readString(Path.of("configs/pruned-logistic.xml"))
            .replaceAll("<property name=\"(begin|end|every)\" value=\"[0-9]+\"/>", "")
            .replace(
                "name=\"sparsity\" value=\"0.8\"", "name=\"recipePath\" value=\"" + file + "\""));
    LinearSGDModel model;
    try (ConfigurationManager manager = new ConfigurationManager(config.toString())) {
      model = train((LinearSGDTrainer) manager.lookup("trainer"));
    }
    Recipe recipe = Recipe.load(file);
    Files.writeString(file, "schedule: {type: one-shot, target: 0.1, at: 300}\n");

    assertEquals(WEIGHTS - 48, PrunedWeights.of(model).zeros());
    assertEquals(file.toString(), provenance(model).recipeSource());
    assertEquals(recipe.sha256(), provenance(model).recipeSha256());
    assertNotEquals(recipe.sha256(), Recipe.load(file).sha256());
    assertFalse(provenance(model).getConfiguredParameters().containsKey("recipePath"));
    assertEquals(model.getWeightsCopy(), train(rebuilt(model)).getWeightsCopy());
  }

  @Test
  void provenanceSurvivesTheModelFile() throws IOException {
    var model = train(trainer(new PruningOptimiser(new AdaGrad(0.5), 0.7, 100)));
    Path file = folder.resolve("model.tribuo");
    model.serializeToFile(file);
    var loaded = (LinearSGDModel) Model.deserializeFromFile(file);
    assertEquals(provenance(model), provenance(loaded.castModel(Label.class)));
    assertEquals(provenance(model).hashCode(), provenance(loaded).hashCode());
    assertEquals(PrunedWeights.of(model), PrunedWeights.of(loaded));
    assertTrue(provenance(loaded).toString().contains(provenance(model).recipeSha256()));
  }
}
