package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** An example of weight 2 counts like two, one of weight 0 like none. */
class ExampleWeightsTest {

  /** The first ten examples of a data set: once at a weight, or several times at weight 1. */
  private static <T extends Output<T>> MutableDataset<T> data(
      MutableDataset<T> from, OutputFactory<T> factory, boolean weighted, int times) {
    List<Example<T>> list = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      int count = i < 10 ? times : 1;
      Example<T> example = from.getExample(i).copy();
      example.setWeight(weighted ? count : 1);
      for (int copy = 0; copy < (weighted ? 1 : count); copy++) {
        list.add(example);
      }
    }
    return ToyData.dataset(list, factory);
  }

  /** Steps are full batches: the order of examples changes sums by rounding only. */
  private static <T extends Output<T>> float[] trained(
      OutputAdapter<T> adapter, MutableDataset<T> data) {
    return ReproductionTest.weights(
        SparseNetworkTrainer.builder(new DenseNetworkSpec(8), adapter)
            .optOptimizer(OptimizerSpec.sgd(0.1, 0.9))
            .optBatchSize(1000)
            .optEpochs(20)
            .build()
            .train(data));
  }

  @Test
  void labels() {
    MutableDataset<Label> from = ToyData.labels(40, 1);
    LabelFactory factory = new LabelFactory();
    LabelAdapter adapter = new LabelAdapter();
    float[] weighted = trained(adapter, data(from, factory, true, 2));
    assertArrayEquals(trained(adapter, data(from, factory, false, 2)), weighted, 1e-4f);
    float[] once = trained(adapter, data(from, factory, false, 1));
    assertFalse(largestDifference(once, weighted) < 1e-3);
  }

  @Test
  void numbersAndNone() {
    MutableDataset<Regressor> from = ToyData.targets(40, 1);
    RegressionFactory factory = new RegressionFactory();
    RegressorAdapter adapter = new RegressorAdapter();
    float[] weighted = trained(adapter, data(from, factory, true, 3));
    assertArrayEquals(trained(adapter, data(from, factory, false, 3)), weighted, 1e-4f);
    float[] none = trained(adapter, data(from, factory, true, 0));
    assertArrayEquals(trained(adapter, data(from, factory, false, 0)), none, 1e-4f);
  }

  private static float largestDifference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
