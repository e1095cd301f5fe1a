package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** Predictions, features and layers of trained models. */
class ModelTest {

  private static SparseNetworkModel<Label> train(NetworkSpec spec, int epochs) {
    return SparseNetworkTrainer.builder(spec, new LabelAdapter())
        .optOptimizer(OptimizerSpec.adam(0.01))
        .optEpochs(epochs)
        .optSparsity(0.9)
        .build()
        .train(ToyData.labels(600, 1));
  }

  @Test
  void oneByOneAsInBatches() {
    var model = train(new DenseNetworkSpec(100, 33), 2);
    var examples = ToyData.labels(700, 3);
    List<Prediction<Label>> batches = model.predict(examples);
    assertEquals(700, batches.size());
    for (int i = 0; i < 700; i += 13) {
      assertTrue(batches.get(i).distributionEquals(model.predict(examples.getExample(i)), 0.0));
    }
    double sum =
        batches.get(0).getOutputScores().values().stream().mapToDouble(Label::getScore).sum();
    assertEquals(1, sum, 1e-12);
    assertTrue(model.generatesProbabilities());
  }

  @Test
  void whatMattersHasTheStrongestPaths() {
    var model = train(new DenseNetworkSpec(64, 32), 45);
    Map<String, List<Pair<String, Double>>> top = model.getTopFeatures(2);
    assertEquals(Set.of("far", "near"), top.keySet());
    for (List<Pair<String, Double>> features : top.values()) {
      assertEquals(
          Set.of("f00", "f01"), features.stream().map(Pair::getA).collect(Collectors.toSet()));
      assertTrue(features.get(0).getB() >= features.get(1).getB());
    }
    assertTrue(model.getTopFeatures(-1).get("far").size() <= ToyData.FEATURES);
    assertTrue(model.getExcuse(ToyData.labels(1, 1).getExample(0)).isEmpty());
  }

  @Test
  void layersAreThoseOfTheSpec() {
    var spec = new DenseNetworkSpec(new int[] {7}, ActivationFunction.TANH, true, 0.1);
    var layers = train(spec, 2).layers();
    // Dropout does nothing outside training.
    assertEquals(
        List.of(DenseLayer.class, ScaleLayer.class, ActivationLayer.class, DenseLayer.class),
        layers.stream().map(Object::getClass).toList());
    DenseLayer last = (DenseLayer) layers.get(3);
    assertEquals("05Linear_weight", last.name());
    assertEquals(2, last.outputs());
    assertEquals(7, last.inputs());
    assertEquals(2, last.bias().length);
  }

  @Test
  void factoriesOfKnownBlocksPredictInJava() {
    var spec = new BlockFactorySpec(LinearFactory.class.getName(), Map.of());
    assertEquals(1, train(spec, 2).layers().size());
  }

  @Test
  void numbersComeInTheUnitsOfTheData() {
    var model =
        SparseNetworkTrainer.builder(new DenseNetworkSpec(16), new RegressorAdapter())
            .optEpochs(1)
            .build()
            .train(ToyData.targets(200, 1));
    // An untrained network already answers about the mean, which is 1000 and 0.
    Regressor answer = model.predict(ToyData.targets(1, 2)).get(0).getOutput();
    assertEquals(1000, answer.getDimension("area").orElseThrow().getValue(), 100);
    assertEquals(0, answer.getDimension("sum").orElseThrow().getValue(), 4);
    assertFalse(model.generatesProbabilities());
  }
}
