package org.espalier.tribuo.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.tribuo.Rebuilding;
import org.espalier.tribuo.network.BlockFactorySpec;
import org.espalier.tribuo.network.ConvolutionalNetworkSpec;
import org.espalier.tribuo.network.LabelAdapter;
import org.espalier.tribuo.network.ResidualFactory;
import org.espalier.tribuo.network.SparseNetworkModel;
import org.espalier.tribuo.network.SparseNetworkTrainer;
import org.espalier.tribuo.network.ToyData;
import org.espalier.tribuo.network.WeightCount;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.ensemble.EnsembleCombiner;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.test.Helpers;

/** Budgets, masks, invocation counts and provenance of trained ensembles. */
class SparseEnsembleTrainerTest {

  private static final MutableDataset<Label> DATA = ToyData.labels(100, 1);

  @TempDir Path folder;

  @BeforeAll
  static void silence() {
    Ensembles.silenceTribuo();
  }

  private static long kept(Model<?> member, int layer) {
    WeightCount count = ((SparseNetworkModel<?>) member).weights().get(layer);
    return count.elements() - count.zeros();
  }

  @Test
  void membersTogetherHaveTheWeightsOfOneDenseNetwork() {
    var ensemble = Ensembles.labels(4).train(DATA);
    // 180, 45 and 10 weights: 45 each; 12, 11, 11, 11; 3, 3, 2, 2.
    long[][] expected = {{45, 12, 3}, {45, 11, 3}, {45, 11, 2}, {45, 11, 2}};
    Set<String> masks = new HashSet<>();
    for (int m = 0; m < 4; m++) {
      for (int layer = 0; layer < 3; layer++) {
        assertEquals(expected[m][layer], kept(ensemble.getModels().get(m), layer));
      }
      masks.add(Ensembles.mask(ensemble.getModels().get(m)));
    }
    assertEquals(4, masks.size());
    var values = ensemble.getProvenance().getInstanceProvenance().getMap();
    assertEquals(new LongProvenance("dense-count", 235), values.get("dense-count"));
    assertEquals(new LongProvenance("kept-count", 235), values.get("kept-count"));
  }

  @Test
  void aConvolutionCostsItsPositions() {
    var images = ToyData.images(60, 1);
    var network =
        SparseNetworkTrainer.builder(
                new ConvolutionalNetworkSpec(6, 6, 1, new int[] {4}, new int[] {}),
                new LabelAdapter())
            .optEpochs(2)
            .build();
    var ensemble =
        new SparseEnsembleTrainer<>(
                network, new FullyWeightedVotingCombiner(), 2, 0.5, BudgetUnit.MULTIPLICATIONS)
            .train(images);
    // Four filters of 3 x 3 at 6 x 6 positions, pooled by 2 to 4 x 9 values, two labels; a half.
    var first = (SparseNetworkModel<Label>) ensemble.getModels().get(0);
    assertEquals(36 * 36 + 36 * 2, BudgetUnit.MULTIPLICATIONS.dense(first));
    assertEquals(9 * 36 + 18, BudgetUnit.MULTIPLICATIONS.kept(first));
    var values = ensemble.getProvenance().getInstanceProvenance().getMap();
    assertEquals(new LongProvenance("kept-count", 684), values.get("kept-count"));
  }

  @Test
  void aRecipeOfTheTrainerIsFollowedWithinTheBudget() {
    EnsembleCombiner<Label> combiner = new FullyWeightedVotingCombiner();
    var sparse = Ensembles.network(new LabelAdapter()).optSparsity(0.8).build();
    var ensemble = new SparseEnsembleTrainer<>(sparse, combiner, 4).train(DATA);
    // 36, 9 and 2 of 180, 45 and 10: 188 in four members, of 235.
    var values = ensemble.getProvenance().getInstanceProvenance().getMap();
    assertEquals(new LongProvenance("kept-count", 188), values.get("kept-count"));
    var refused =
        assertThrows(
            PropertyException.class,
            () -> new SparseEnsembleTrainer<>(sparse, combiner, 6).train(DATA));
    assertEquals("budget", refused.getProperty());
    assertTrue(refused.getMsg().contains("keep 282 WEIGHTS, more than 1.0 of the 235"));
  }

  @Test
  void invocationsDifferAndCanBeRepeated() {
    var trainer = Ensembles.labels(2);
    List<List<Float>> first = Ensembles.allWeights(trainer.train(DATA));
    List<List<Float>> second = Ensembles.allWeights(trainer.train(DATA));
    assertEquals(2, trainer.getInvocationCount());
    Set<List<Float>> different = new HashSet<>(first);
    different.addAll(second);
    assertEquals(4, different.size());
    trainer.setInvocationCount(1);
    assertEquals(second, Ensembles.allWeights(trainer.train(DATA)));
    assertEquals(first, Ensembles.allWeights(trainer.train(DATA, Map.of(), 0)));
    assertEquals(1, trainer.getInvocationCount());
    assertThrows(IllegalArgumentException.class, () -> trainer.setInvocationCount(-1));
  }

  @Test
  void provenanceRebuildsASecondEnsembleAndEachOfItsMembers() throws IOException {
    var trainer = Ensembles.labels(2);
    trainer.train(DATA);
    var ensemble = trainer.train(DATA);
    var again = (SparseEnsembleModel<Label>) Rebuilding.trainer(ensemble, folder).train(DATA);
    assertEquals(Ensembles.allWeights(ensemble), Ensembles.allWeights(again));
    assertEquals(
        ensemble.getProvenance().getInstanceProvenance(),
        again.getProvenance().getInstanceProvenance());
    assertEquals(
        ensemble.getProvenance().getTrainerProvenance(),
        again.getProvenance().getTrainerProvenance());
    for (Model<Label> member : ensemble.getModels()) {
      assertArrayEquals(
          Ensembles.weights(member),
          Ensembles.weights(Rebuilding.trainer(member, folder).train(DATA)));
    }
    int m = 0;
    for (ModelProvenance member : ensemble.getProvenance().getMemberProvenance()) {
      assertEquals(ensemble.getModels().get(m++).getProvenance(), member);
    }
    assertEquals(2, m);
  }

  private static void assertProperty(String property, String words, Executable action) {
    PropertyException e = assertThrows(PropertyException.class, action);
    assertEquals(property, e.getProperty());
    assertTrue(e.getMsg().contains(words), e.getMsg());
  }

  private static SparseEnsembleTrainer<Label> trainer(int members, double budget) {
    return new SparseEnsembleTrainer<>(
        Ensembles.network(new LabelAdapter()).build(),
        new FullyWeightedVotingCombiner(),
        members,
        budget,
        BudgetUnit.WEIGHTS);
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void propertiesThatDoNotHold() {
    assertProperty("members", "found 1", () -> trainer(1, 1));
    assertProperty("budget", "found 0.0", () -> trainer(2, 0));
    assertProperty("budget", "found 1.5", () -> trainer(2, 1.5));
    assertProperty("budget", "found NaN", () -> trainer(2, Double.NaN));
    SparseNetworkTrainer network = Ensembles.network(new LabelAdapter()).build();
    assertProperty(
        "combiner",
        "AveragingCombiner of org.tribuo.regression.Regressor",
        () -> new SparseEnsembleTrainer(network, new AveragingCombiner(), 2));
    // The output layer has 10 weights.
    assertProperty("members", "11 members share 10 weights", () -> trainer(11, 1).train(DATA));
    var opaque =
        SparseNetworkTrainer.builder(
                new BlockFactorySpec(ResidualFactory.class.getName(), Map.of("units", "9")),
                new LabelAdapter())
            .optEpochs(1)
            .build();
    EnsembleCombiner<Label> combiner = new FullyWeightedVotingCombiner();
    assertProperty(
        "budgetUnit",
        "set it to WEIGHTS",
        () ->
            new SparseEnsembleTrainer<>(opaque, combiner, 2, 1, BudgetUnit.MULTIPLICATIONS)
                .train(DATA));
  }

  @Test
  void dataThatCannotBeTrained() {
    MutableDataset<Label> none = ToyData.dataset(List.of(), new LabelFactory());
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Ensembles.labels(2).train(none));
    assertTrue(refused.getMessage().contains("empty"), refused.getMessage());
    MutableDataset<Label> unknown =
        ToyData.dataset(
            List.of(ToyData.example(LabelFactory.UNKNOWN_LABEL, 1, 2)), new LabelFactory());
    assertThrows(IllegalArgumentException.class, () -> Ensembles.labels(2).train(unknown));
  }

  @Test
  void roundTripOfTheConfiguration() {
    Helpers.testConfigurableRoundtrip(trainer(3, 0.5));
    Helpers.testProvenanceMarshalling(trainer(3, 0.5).getProvenance());
    assertNotEquals(trainer(3, 0.5).getProvenance(), trainer(4, 0.5).getProvenance());
    assertTrue(trainer(3, 0.5).toString().contains("members=3,budget=0.5"));
  }
}
