package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluator;
import org.tribuo.regression.evaluation.RegressionEvaluator;

/** Networks of which nine weights in ten are exactly zero solve problems that are not linear. */
class LearningTest {

  private static final DenseNetworkSpec NETWORK = new DenseNetworkSpec(64, 32);

  /** floor(0.1 n + 0.5) weights of n are kept in each layer (design A2). */
  private static void assertSparse(SparseNetworkModel<?> model, int outputs) {
    // 64 x 20 keeps 128, 32 x 64 keeps 205 (204.8 + 0.5, cut), outputs x 32 keeps 3.2 a row.
    long last = outputs * 32 - (long) (0.1 * outputs * 32 + 0.5);
    assertEquals(
        List.of(
            new WeightCount("01Linear_weight", 1280, 1152),
            new WeightCount("03Linear_weight", 2048, 1843),
            new WeightCount("05Linear_weight", outputs * 32, last)),
        model.weights());
    assertEquals(3, model.layers().stream().filter(WeightedLayer.class::isInstance).count());
  }

  @Test
  void labels() {
    var trainer =
        SparseNetworkTrainer.builder(NETWORK, new LabelAdapter())
            .optOptimizer(OptimizerSpec.adam(0.01))
            .optEpochs(45)
            .optSparsity(0.9)
            .build();
    var model = trainer.train(ToyData.labels(800, 1));
    assertSparse(model, 2);
    var evaluation = new LabelEvaluator().evaluate(model, ToyData.labels(400, 2));
    assertTrue(evaluation.accuracy() > 0.9, "accuracy " + evaluation.accuracy());
  }

  @Test
  void numbers() {
    var trainer =
        SparseNetworkTrainer.builder(NETWORK, new RegressorAdapter())
            .optOptimizer(OptimizerSpec.adam(0.01))
            .optEpochs(40)
            .optSparsity(0.9)
            .build();
    var model = trainer.train(ToyData.targets(800, 1));
    assertSparse(model, 2);
    var evaluation = new RegressionEvaluator().evaluate(model, ToyData.targets(400, 2));
    assertTrue(evaluation.averageR2() > 0.9, "R2 " + evaluation.r2());
  }

  @Test
  void labelSets() {
    var trainer =
        SparseNetworkTrainer.builder(NETWORK, new MultiLabelAdapter())
            .optOptimizer(OptimizerSpec.adam(0.01))
            .optEpochs(45)
            .optSparsity(0.9)
            .build();
    var model = trainer.train(ToyData.labelSets(800, 1));
    assertSparse(model, 3);
    var evaluation = new MultiLabelEvaluator().evaluate(model, ToyData.labelSets(400, 2));
    assertTrue(evaluation.microAveragedF1() > 0.9, "F1 " + evaluation.microAveragedF1());
  }

  @Test
  void images() {
    var spec = new ConvolutionalNetworkSpec(6, 6, 1, new int[] {8}, new int[] {16});
    var trainer =
        SparseNetworkTrainer.builder(spec, new LabelAdapter())
            .optOptimizer(OptimizerSpec.adam(0.01))
            .optFeatureScaling(FeatureScaling.LARGEST)
            .optEpochs(15)
            .optSparsity(0.7)
            .build();
    var model = trainer.train(ToyData.images(400, 1));
    var evaluation = new LabelEvaluator().evaluate(model, ToyData.images(400, 2));
    assertTrue(evaluation.accuracy() > 0.9, "accuracy " + evaluation.accuracy());
    // 72, 16 x 72 and 2 x 16 weights keep 21.6, 345.6 and 9.6, rounded.
    assertEquals(
        List.of(
            new WeightCount("01Conv2d_weight", 72, 50),
            new WeightCount("05Linear_weight", 1152, 806),
            new WeightCount("07Linear_weight", 32, 22)),
        model.weights());
  }
}
