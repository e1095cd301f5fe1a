package org.espalier.tribuo.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.tribuo.Rebuilding;
import org.espalier.tribuo.network.SparseNetworkModel;
import org.espalier.tribuo.network.ToyData;
import org.espalier.tribuo.network.WeightCount;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.test.Helpers;

/** Ensembles that lose members, by hand, by a trainer and by the shipped configuration. */
class EnsemblePrunerTest {

  @TempDir Path folder;

  @BeforeAll
  static void silence() {
    Ensembles.silenceTribuo();
  }

  private static BaggingTrainer<Label> trees() {
    return new BaggingTrainer<>(new CARTClassificationTrainer(4), new VotingCombiner(), 9, 3);
  }

  @Test
  void aBaggedEnsembleOfTribuoKeepsThoseThatAreSelected() {
    var data = ToyData.labels(300, 1);
    var validation = ToyData.labels(200, 2);
    var whole = trees().train(data);
    var pruned = EnsemblePruner.prune(whole, new GreedySelection(12, true), validation);
    assertTrue(pruned.getModels().size() < 9, pruned.getModels().size() + " members");
    Set<Model<Label>> members = new HashSet<>(whole.getModels());
    pruned.getModels().forEach(member -> assertTrue(members.contains(member)));
    for (float weight : pruned.weights()) {
      // A ninth for each time that a member was picked: Tribuo's weights times the counts.
      assertEquals(Math.round(weight * 9), weight * 9, 1e-6);
      assertTrue(weight > 0.1);
    }
    double before = new LabelEvaluator().evaluate(whole, validation).accuracy();
    double after = new LabelEvaluator().evaluate(pruned, validation).accuracy();
    assertTrue(after >= before, after + " on the examples that decided, before " + before);

    var provenance = pruned.getProvenance();
    assertEquals(whole.getProvenance().getTrainerProvenance(), provenance.getTrainerProvenance());
    assertEquals(whole.getProvenance().getDatasetProvenance(), provenance.getDatasetProvenance());
    var values = provenance.getInstanceProvenance().getMap();
    assertEquals(validation.getProvenance(), values.get(EnsembleProvenance.VALIDATION_DATA));
    assertEquals(
        new GreedySelection(12, true).getProvenance(), values.get(EnsembleProvenance.SELECTION));
    assertTrue(
        values.get(EnsembleProvenance.MEMBER_COUNTS).toString().matches("\\[\\d(, \\d+){8}\\]"));
    var loaded =
        (SparseEnsembleModel<Label>)
            Helpers.testModelProtoSerialization(pruned, Label.class, validation, 0.0);
    assertArrayEquals(pruned.weights(), loaded.weights());
    Helpers.testModelSerialization(pruned, Label.class);
  }

  @Test
  void anEnsembleMayBePrunedAgain() {
    var data = ToyData.labels(200, 1);
    var validation = ToyData.labels(100, 2);
    var five = EnsemblePruner.prune(trees().train(data), new ComplementSelection(5), validation);
    var two = EnsemblePruner.prune(five, new ComplementSelection(2), validation);
    assertEquals(5, five.getModels().size());
    assertEquals(2, two.getModels().size());
    // The order does not depend on how many follow: the first two of five are the two.
    two.getModels().forEach(member -> assertTrue(five.getModels().contains(member)));
  }

  private static PrunedEnsembleTrainer<Label> trainer() {
    return new PrunedEnsembleTrainer<>(Ensembles.labels(3), new ComplementSelection(2), 0.3, 5);
  }

  @Test
  void aTrainerDoesBothAndRepeatsIt() throws IOException {
    var data = ToyData.labels(100, 1);
    var trainer = trainer();
    List<List<Float>> first = Ensembles.allWeights(trainer.train(data));
    var model = trainer.train(data);
    List<List<Float>> second = Ensembles.allWeights(model);
    assertEquals(2, second.size());
    assertNotEquals(first, second);
    assertEquals(2, trainer.getInvocationCount());
    assertEquals(first, Ensembles.allWeights(trainer.train(data, Map.of(), 0)));
    var again = (SparseEnsembleModel<Label>) Rebuilding.trainer(model, folder).train(data);
    assertEquals(second, Ensembles.allWeights(again));
    assertEquals(
        model.getProvenance().getInstanceProvenance(),
        again.getProvenance().getInstanceProvenance());
    assertEquals(data.getProvenance(), model.getProvenance().getDatasetProvenance());
    Helpers.testConfigurableRoundtrip(trainer);
    Helpers.testProvenanceMarshalling(model.getProvenance());
  }

  @Test
  void refusals() {
    var data = ToyData.labels(4, 1);
    var few =
        assertThrows(IllegalArgumentException.class, () -> trainer().train(ToyData.labels(3, 1)));
    assertTrue(few.getMessage().contains("3 examples leave none"), few.getMessage());
    var tree =
        new PrunedEnsembleTrainer<>(
            new CARTClassificationTrainer(4), new ComplementSelection(2), 0.5, 5);
    assertEquals(
        "trainer", assertThrows(PropertyException.class, () -> tree.train(data)).getProperty());
    assertEquals(
        "validationFraction",
        assertThrows(
                PropertyException.class,
                () -> new PrunedEnsembleTrainer<>(trees(), new ComplementSelection(2), 1, 5))
            .getProperty());
  }

  @Test
  @SuppressWarnings("unchecked")
  void theShippedConfiguration() {
    var data = ToyData.labels(800, 1);
    var test = ToyData.labels(400, 2);
    try (ConfigurationManager manager = new ConfigurationManager("configs/sparse-ensemble.xml")) {
      var trainer = (Trainer<Label>) manager.lookup("trainer");
      var model = (SparseEnsembleModel<Label>) trainer.train(data);
      // 15 % of the 1280, 2048 and 64 weights of one dense network: 192, 307.2 and 9.6.
      long kept = 0;
      Set<String> masks = new HashSet<>();
      for (Model<Label> member : model.getModels()) {
        for (WeightCount count : ((SparseNetworkModel<Label>) member).weights()) {
          kept += count.elements() - count.zeros();
        }
        masks.add(Ensembles.mask(member));
      }
      assertEquals(192 + 307 + 9, kept);
      assertEquals(3, masks.size());
      double accuracy = new LabelEvaluator().evaluate(model, test).accuracy();
      assertTrue(accuracy > 0.9, "accuracy " + accuracy + ", chance 0.5");
      var pruned = (Trainer<Label>) manager.lookup("pruned");
      assertSame(PrunedEnsembleTrainer.class, pruned.getClass());
      var two = (SparseEnsembleModel<Label>) pruned.train(ToyData.labels(100, 3));
      assertEquals(2, two.getModels().size());
      assertArrayEquals(new float[] {1, 1}, two.weights());
    }
  }
}
