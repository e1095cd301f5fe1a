package org.espalier.tribuo.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.tribuo.GeneratedData;
import org.espalier.tribuo.Rebuilding;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.optimisers.AdaGrad;

/** The trainer from configurations and from provenance, and its count of invocations. */
class PrunedLinearTrainerTest {

  @TempDir Path folder;

  @BeforeAll
  static void silence() {
    GeneratedData.silenceTribuo();
  }

  @Test
  @SuppressWarnings("unchecked")
  void theShippedConfigurationTrainsASmallModel() {
    try (ConfigurationManager manager = new ConfigurationManager("configs/sparse-linear.xml")) {
      var trainer = (Trainer<Label>) manager.lookup("trainer");
      var model = (PrunedLinearModel<Label>) trainer.train(GeneratedData.labels(1600, 1));
      // 120 weights keep 24.
      assertEquals(96, model.weights().zeros());
      var evaluation = new LabelEvaluator().evaluate(model, GeneratedData.labels(600, 2));
      assertTrue(evaluation.accuracy() > 0.85, "accuracy " + evaluation.accuracy());
    }
  }

  @Test
  void invocationsAreThoseOfTheLinearTrainer() {
    var data = GeneratedData.labels(240, 1);
    var trainer = new PrunedLinearTrainer<>(LinearModels.labels());
    var first = trainer.train(data).getTopFeatures(-1);
    var second = trainer.train(data).getTopFeatures(-1);
    assertEquals(2, trainer.getInvocationCount());
    assertNotEquals(first, second);
    trainer.setInvocationCount(1);
    assertEquals(second, trainer.train(data).getTopFeatures(-1));
    assertEquals(first, trainer.train(data, Map.of(), 0).getTopFeatures(-1));
    assertEquals(1, trainer.getInvocationCount());
    assertThrows(IllegalArgumentException.class, () -> trainer.setInvocationCount(-1));
    assertTrue(trainer.toString().startsWith("PrunedLinearTrainer(trainer=LinearSGDTrainer"));
  }

  @Test
  void provenanceRebuildsASecondModel() throws IOException {
    var data = GeneratedData.labels(240, 1);
    var trainer = new PrunedLinearTrainer<>(LinearModels.labels());
    trainer.train(data);
    var model = trainer.train(data);
    var again = (PrunedLinearModel<Label>) Rebuilding.trainer(model, folder).train(data);
    assertEquals(model.getTopFeatures(-1), again.getTopFeatures(-1));
    assertEquals(
        model.getProvenance().getInstanceProvenance(),
        again.getProvenance().getInstanceProvenance());
  }

  @Test
  void provenanceIsThatOfTheTrainingAndTellsOfTheZeros() throws IOException {
    var data = GeneratedData.labels(240, 1);
    var dense = LinearModels.labels().train(data);
    var expected = dense.getProvenance();
    var found = PrunedLinearModel.of(dense).getProvenance();
    assertEquals(PrunedLinearModel.class.getName(), found.getClassName());
    assertEquals(expected.getTrainerProvenance(), found.getTrainerProvenance());
    assertEquals(expected.getDatasetProvenance(), found.getDatasetProvenance());
    assertEquals(expected.getTrainingTime(), found.getTrainingTime());
    assertEquals(expected.getTribuoVersion(), found.getTribuoVersion());
    var values = found.getInstanceProvenance().getMap();
    assertEquals(new LongProvenance("weights", 120), values.get(LinearProvenance.WEIGHTS));
    assertEquals(new LongProvenance("zero-weights", 96), values.get(LinearProvenance.ZEROS));
    assertEquals(dense.getClass().getName(), values.get(LinearProvenance.TRAINED_MODEL).toString());
    // The provenance of the conversion leads back to the trainer of the dense model.
    assertEquals(
        dense.getTopFeatures(-1),
        Rebuilding.trainer(PrunedLinearModel.of(dense), folder).train(data).getTopFeatures(-1));
  }

  @Test
  void otherTrainersAreRefused() throws IOException {
    var machine =
        new FMClassificationTrainer(new LogMulticlass(), new AdaGrad(0.1), 1, -1, 1, 42, 2, 0.1);
    var refused = assertThrows(PropertyException.class, () -> new PrunedLinearTrainer<>(machine));
    assertEquals("trainer", refused.getProperty());
    assertTrue(refused.getMsg().contains("FMClassificationTrainer"), refused.getMsg());

    Path config = folder.resolve("trainer.xml");
    Files.writeString(
        config,
        Files.readString(Path.of("configs/sparse-linear.xml"))
            .replace("name=\"trainer\" value=\"logistic\"", "name=\"trainer\" value=\"dummy\"")
            .replace(
                "</config>",
                "<component name=\"dummy\""
                    + " type=\"org.tribuo.classification.baseline.DummyClassifierTrainer\">"
                    + "<property name=\"dummyType\" value=\"UNIFORM\"/></component></config>"));
    try (ConfigurationManager manager = new ConfigurationManager(config.toString())) {
      PropertyException named =
          assertThrows(PropertyException.class, () -> manager.lookup("trainer"));
      assertTrue(named.getMessage().startsWith("Component: trainer, Property: trainer,"));
    }
  }
}
