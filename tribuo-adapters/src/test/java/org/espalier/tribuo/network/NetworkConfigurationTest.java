package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import org.junit.jupiter.api.Test;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluator;

/** The shipped configurations, run by nothing but OLCUT's ConfigurationManager. */
class NetworkConfigurationTest {

  @SuppressWarnings("unchecked")
  private static SparseNetworkModel<Label> train(
      String file, MutableDataset<Label> train, MutableDataset<Label> test) {
    try (ConfigurationManager manager = new ConfigurationManager("configs/" + file)) {
      var trainer = (Trainer<Label>) manager.lookup("trainer");
      var model = (SparseNetworkModel<Label>) trainer.train(train);
      double accuracy = new LabelEvaluator().evaluate(model, test).accuracy();
      assertTrue(accuracy > 0.9, "accuracy " + accuracy);
      return model;
    }
  }

  @Test
  void denseNetwork() {
    var model = train("sparse-network.xml", ToyData.labels(800, 1), ToyData.labels(400, 2));
    // As in LearningTest: 1280, 2048 and 64 weights keep 128, 205 and 6.
    assertEquals(
        1280 + 2048 + 64 - 128 - 205 - 6,
        model.weights().stream().mapToLong(WeightCount::zeros).sum());
  }

  @Test
  void imageNetwork() {
    var model = train("sparse-image-network.xml", ToyData.images(400, 1), ToyData.images(400, 2));
    // 72 weights keep 36; 32 x 72 keep 230.4, 2 x 32 keep 6.4, rounded.
    assertEquals(
        java.util.List.of(
            new WeightCount("01Conv2d_weight", 72, 36),
            new WeightCount("05Linear_weight", 2304, 2074),
            new WeightCount("07Linear_weight", 64, 58)),
        model.weights());
  }

  @Test
  @SuppressWarnings("unchecked")
  void regressionNetwork() {
    try (var manager = new ConfigurationManager("configs/sparse-regression-network.xml")) {
      var trainer = (Trainer<Regressor>) manager.lookup("trainer");
      var model = (SparseNetworkModel<Regressor>) trainer.train(ToyData.targets(800, 1));
      var evaluation = new RegressionEvaluator().evaluate(model, ToyData.targets(400, 2));
      assertTrue(evaluation.averageR2() > 0.9, "R2 " + evaluation.r2());
      // 1280, 2048 and 64 weights have 256, 409.6 and 12.8 alive, rounded; of these, some that
      // grew lead to units that nothing reads, so that they stay at 0.
      long zeros = model.weights().stream().mapToLong(WeightCount::zeros).sum();
      assertTrue(zeros >= 1280 + 2048 + 64 - 256 - 410 - 13, zeros + " zeros");
    }
  }
}
