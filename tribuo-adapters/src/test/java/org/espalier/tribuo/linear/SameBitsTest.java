package org.espalier.tribuo.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.tribuo.GeneratedData;
import org.espalier.tribuo.PrunedWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.Hinge;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;
import org.tribuo.test.Helpers;

/** A model without its zeros answers in every bit as the one with them. */
class SameBitsTest {

  private static final int EXAMPLES = 240;

  @BeforeAll
  static void silence() {
    GeneratedData.silenceTribuo();
  }

  private static <T extends Output<T>> PrunedLinearModel<T> pruned(Model<T> dense) {
    return PrunedLinearModel.of((AbstractLinearSGDModel<T>) dense);
  }

  /** All numbers of a prediction, to the bit, in an order that does not depend on maps. */
  private static String bits(Prediction<?> prediction) {
    Map<String, List<Long>> bits = new TreeMap<>();
    prediction.getOutputScores().forEach((name, output) -> bits.put(name, numbers(output)));
    return numbers(prediction.getOutput())
        + " "
        + bits
        + prediction.hasProbabilities()
        + prediction.getNumActiveFeatures();
  }

  private static List<Long> numbers(Output<?> output) {
    List<Double> values = new ArrayList<>();
    if (output instanceof Label label) {
      values.add((double) label.getLabel().hashCode());
      values.add(label.getScore());
    } else if (output instanceof Regressor regressor) {
      for (double value : regressor.getValues()) {
        values.add(value);
      }
    } else if (output instanceof MultiLabel labels) {
      labels.getLabelSet().stream()
          .sorted((a, b) -> a.getLabel().compareTo(b.getLabel()))
          .forEach(
              label -> values.addAll(List.of(label.getLabel().hashCode() + 0.0, label.getScore())));
    }
    return values.stream().map(Double::doubleToRawLongBits).toList();
  }

  private static <T extends Output<T>> void assertSame(Model<T> dense, Dataset<T> data) {
    PrunedLinearModel<T> sparse = pruned(dense);
    List<Prediction<T>> expected = dense.predict(data);
    List<Prediction<T>> found = sparse.predict(data);
    assertEquals(EXAMPLES, found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(bits(expected.get(i)), bits(found.get(i)));
      assertEquals(bits(expected.get(i)), bits(sparse.predict(data.getExample(i))));
    }
    assertEquals(dense.generatesProbabilities(), sparse.generatesProbabilities());
    assertEquals(PrunedWeights.of((AbstractLinearSGDModel<T>) dense), sparse.weights());
    assertTrue(
        Helpers.predictionListDistributionEquals(
            expected, ((PrunedLinearModel<T>) sparse.copy()).predict(data), 0.0));
  }

  @Test
  void labelsDenseAndSparseExamples() {
    for (double share : new double[] {1, 0.3}) {
      var data = GeneratedData.labels(EXAMPLES, 1, share);
      var model = LinearModels.labels().train(data);
      // 3 x 40 weights keep 24.
      assertEquals(96, PrunedWeights.of(model).zeros());
      assertSame(model, GeneratedData.labels(EXAMPLES, 2, share));
    }
  }

  @Test
  void labelsWithoutProbabilities() {
    var trainer = new LinearSGDTrainer(new Hinge(), LinearModels.pruning(), 4, -1, 4, 42);
    var model = trainer.train(GeneratedData.labels(EXAMPLES, 1));
    assertEquals(false, pruned(model).generatesProbabilities());
    assertSame(model, GeneratedData.labels(EXAMPLES, 2));
  }

  @Test
  void numbersAndSets() {
    assertSame(
        LinearModels.numbers().train(GeneratedData.targets(EXAMPLES, 1)),
        GeneratedData.targets(EXAMPLES, 2));
    assertSame(
        LinearModels.sets().train(GeneratedData.labelSets(EXAMPLES, 1)),
        GeneratedData.labelSets(EXAMPLES, 2));
  }

  @Test
  void aModelThatKeepsAllOrNothing() {
    var trainer = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.3), 1, -1, 4, 42);
    var all = trainer.train(GeneratedData.labels(EXAMPLES, 1));
    assertEquals(0, pruned(all).weights().zeros());
    assertSame(all, GeneratedData.labels(EXAMPLES, 2));
    // Without steps, Tribuo's weights and biases stay at zero.
    var still = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.3), 0, -1, 4, 42);
    var nothing = still.train(GeneratedData.labels(EXAMPLES, 1));
    assertEquals(120, pruned(nothing).weights().zeros());
    assertSame(nothing, GeneratedData.labels(EXAMPLES, 2));
  }

  @Test
  void featuresAndExcuses() {
    var dense = LinearModels.labels().train(GeneratedData.labels(EXAMPLES, 1));
    var sparse = pruned(dense);
    Map<String, List<Pair<String, Double>>> all = sparse.getTopFeatures(-1);
    int kept = 0;
    for (var entry : dense.getTopFeatures(-1).entrySet()) {
      List<Pair<String, Double>> living =
          entry.getValue().stream().filter(feature -> feature.getB() != 0).toList();
      assertEquals(living, all.get(entry.getKey()));
      assertEquals(
          living.stream()
              .map(Pair::getA)
              .filter(name -> !name.equals(Model.BIAS_FEATURE))
              .sorted()
              .toList(),
          sparse.getActiveFeatures().get(entry.getKey()));
      kept += living.size() - 1;
    }
    assertEquals(24, kept);
    assertEquals(3, sparse.getTopFeatures(3).get("class-0").size());
    assertEquals(all.get("class-1").subList(0, 2), sparse.getTopFeatures(2).get("class-1"));

    Example<Label> example = GeneratedData.labels(1, 5).getExample(0);
    var expected = dense.getExcuse(example).orElseThrow().getScores();
    var found = sparse.getExcuse(example).orElseThrow().getScores();
    expected.forEach(
        (label, parts) ->
            assertEquals(
                parts.stream().filter(part -> part.getB() != 0).toList(), found.get(label)));
  }

  @Test
  void examplesWithoutKnownFeatureAreRefused() {
    var model = pruned(LinearModels.labels().train(GeneratedData.labels(EXAMPLES, 1)));
    ArrayExample<Label> unseen = new ArrayExample<>(new Label("class-0"));
    unseen.add("another", 1);
    var refused = assertThrows(IllegalArgumentException.class, () -> model.predict(unseen));
    assertTrue(refused.getMessage().contains("No features found"), refused.getMessage());
  }

  @Test
  void divergedWeightsAreRefused() {
    var optimiser = org.tribuo.math.optimisers.SGD.getSimpleSGD(1e200);
    var trainer =
        new org.tribuo.regression.sgd.linear.LinearSGDTrainer(
            new org.tribuo.regression.sgd.objectives.SquaredLoss(), optimiser, 3, -1, 1, 1L);
    var diverged = trainer.train(GeneratedData.targets(50, 1));
    var refused = assertThrows(IllegalArgumentException.class, () -> pruned(diverged));
    assertTrue(refused.getMessage().contains("diverged"), refused.getMessage());
  }
}
