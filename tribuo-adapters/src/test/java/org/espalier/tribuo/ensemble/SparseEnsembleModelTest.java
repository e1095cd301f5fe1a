package org.espalier.tribuo.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.espalier.tribuo.network.LabelAdapter;
import org.espalier.tribuo.network.MultiLabelAdapter;
import org.espalier.tribuo.network.OutputAdapter;
import org.espalier.tribuo.network.RegressorAdapter;
import org.espalier.tribuo.network.ToyData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.ensemble.EnsembleCombiner;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.ensemble.MultiLabelVotingCombiner;
import org.tribuo.protos.core.WeightedEnsembleModelProto;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.test.Helpers;

/** Ensembles predict as Tribuo's do, keep their weights, and survive every form of storage. */
class SparseEnsembleModelTest {

  @BeforeAll
  static void silence() {
    Ensembles.silenceTribuo();
  }

  private static <T extends Output<T>> SparseEnsembleModel<T> train(
      OutputAdapter<T> adapter, EnsembleCombiner<T> combiner, MutableDataset<T> data) {
    return new SparseEnsembleTrainer<>(Ensembles.network(adapter).build(), combiner, 3).train(data);
  }

  /** Tribuo's ensemble of the same members, with these weights. */
  private static <T extends Output<T>> WeightedEnsembleModel<T> tribuo(
      SparseEnsembleModel<T> ensemble, float... weights) {
    return WeightedEnsembleModel.createEnsembleFromExistingModels(
        "tribuo", ensemble.getModels(), ensemble.combiner(), weights);
  }

  private static <T extends Output<T>> void assertEqualBits(
      List<Prediction<T>> expected, List<Prediction<T>> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(expected.get(i).getOutput().fullEquals(found.get(i).getOutput(), 0.0));
      assertTrue(expected.get(i).distributionEquals(found.get(i), 0.0));
      assertEquals(expected.get(i).getNumActiveFeatures(), found.get(i).getNumActiveFeatures());
    }
  }

  private static <T extends Output<T>> void assertSurvives(
      SparseEnsembleModel<T> ensemble, Class<T> type, Dataset<T> data) {
    assertEqualBits(tribuo(ensemble, 1, 1, 1).predict(data), ensemble.predict(data));
    assertEqualBits(
        List.of(ensemble.predict(data.getExample(7))), ensemble.predict(data).subList(7, 8));
    float[] weights = {0.5f, 2, 0.25f};
    var weighted = SparseEnsembleModel.of(tribuo(ensemble, weights));
    assertArrayEquals(weights, weighted.weights());
    assertEqualBits(tribuo(ensemble, weights).predict(data), weighted.predict(data));
    assertEquals(ensemble.combiner(), weighted.combiner());

    Helpers.testProvenanceMarshalling(ensemble.getProvenance());
    Helpers.testModelSerialization(weighted, type);
    var loaded =
        (SparseEnsembleModel<T>) Helpers.testModelProtoSerialization(weighted, type, data, 0.0);
    assertArrayEquals(weights, loaded.weights());
    assertEquals(Ensembles.allWeights(weighted), Ensembles.allWeights(loaded));
    var copy = (SparseEnsembleModel<T>) weighted.copy();
    assertArrayEquals(weights, copy.weights());
    assertNotSame(weighted.getModels().get(0), copy.getModels().get(0));
    assertEquals(weighted.getProvenance(), copy.getProvenance());
    assertEqualBits(weighted.predict(data), copy.predict(data));
    copy.close();
  }

  @Test
  void everyCombinerOfTribuo() {
    var labels = ToyData.labels(80, 1);
    assertSurvives(train(new LabelAdapter(), new VotingCombiner(), labels), Label.class, labels);
    assertSurvives(
        train(new LabelAdapter(), new FullyWeightedVotingCombiner(), labels), Label.class, labels);
    var numbers = ToyData.targets(80, 1);
    var means = train(new RegressorAdapter(), new AveragingCombiner(), numbers);
    assertSurvives(means, Regressor.class, numbers);
    var sets = ToyData.labelSets(80, 1);
    assertSurvives(
        train(new MultiLabelAdapter(), new MultiLabelVotingCombiner(), sets),
        MultiLabel.class,
        sets);
  }

  @Test
  void averagesAreMeansAndTheirVarianceThatOfTheMembers() {
    var data = ToyData.targets(80, 1);
    var ensemble = train(new RegressorAdapter(), new AveragingCombiner(), data);
    Regressor found = ensemble.predict(data.getExample(0)).getOutput();
    double[] values =
        ensemble.getModels().stream()
            .mapToDouble(
                member ->
                    member
                        .predict(data.getExample(0))
                        .getOutput()
                        .getDimension("sum")
                        .orElseThrow()
                        .getValue())
            .toArray();
    double mean = (values[0] + values[1] + values[2]) / 3;
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / 2;
    }
    assertEquals(mean, found.getDimension("sum").orElseThrow().getValue(), 1e-12);
    assertEquals(variance, found.getDimension("sum").orElseThrow().getVariance(), 1e-12);
  }

  @Test
  void membersOfWeightZeroAreNotAsked() {
    var data = TableModel.examples("ab");
    // A table without answers fails when it is asked.
    var ensemble = SelectionTest.ensemble(data, new float[] {1, 0, 3}, "aa", null, "bb");
    List<Prediction<Label>> predictions = ensemble.predict(data);
    assertEquals("b", predictions.get(0).getOutput().getLabel());
    assertEquals(0.75, predictions.get(0).getOutput().getScore());
    assertEquals("b", ensemble.predict(data.getExample(1)).getOutput().getLabel());
    // Each of the two that are asked says 2.
    assertEquals(List.of(new Pair<>("place", 2.0)), ensemble.getTopFeatures(1).get("a"));
    assertEquals(List.of(), ensemble.getTopFeatures(0).get("a"));
    // Scores of 2, by weight 1 and 3.
    var excuse = ensemble.getExcuse(data.getExample(0)).orElseThrow();
    assertEquals(List.of(new Pair<>("place", 8.0)), excuse.getScores().get("a"));
    assertThrows(
        InvalidInputException.class,
        () -> SelectionTest.ensemble(data, new float[] {0, 0}, "aa", "bb"));
    assertThrows(
        InvalidInputException.class,
        () -> SelectionTest.ensemble(data, new float[] {1, Float.NaN}, "aa", "bb"));
  }

  @Test
  void topFeaturesAreMeansByWeight() {
    var data = TableModel.examples("ab");
    // Scores 2 and 4, by weight 1 and 3.
    var ensemble = SelectionTest.ensemble(data, new float[] {1, 3}, "aa", "bbbb");
    assertEquals(List.of(new Pair<>("place", 3.5)), ensemble.getTopFeatures(-1).get("a"));
    var networks = train(new LabelAdapter(), new VotingCombiner(), ToyData.labels(80, 1));
    assertEquals(2, networks.getTopFeatures(2).get("far").size());
    assertEquals(ToyData.FEATURES, networks.getTopFeatures(-1).get("far").size());
    assertTrue(networks.getExcuse(ToyData.labels(1, 1).getExample(0)).isEmpty());
  }

  @Test
  void messagesWhosePartsDoNotBelongTogetherAreRefused() throws Exception {
    String name = SparseEnsembleModel.class.getName();
    var labels = train(new LabelAdapter(), new VotingCombiner(), ToyData.labels(80, 1));
    var good = labels.serialize().getSerializedData().unpack(WeightedEnsembleModelProto.class);
    assertThrows(
        IllegalArgumentException.class,
        () -> SparseEnsembleModel.deserializeFromProto(1, name, Any.pack(good)));
    var members = train(new RegressorAdapter(), new AveragingCombiner(), ToyData.targets(80, 1));
    for (var damaged :
        List.of(
            good.toBuilder().setCombiner(new AveragingCombiner().serialize()),
            good.toBuilder().addWeights(1),
            good.toBuilder().setWeights(0, Float.NaN),
            good.toBuilder().setModels(1, members.getModels().get(0).serialize()))) {
      assertThrows(
          InvalidInputException.class,
          () -> SparseEnsembleModel.deserializeFromProto(0, name, Any.pack(damaged.build())));
    }
  }
}
