package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.Label;

/** No array of the engine survives a training, and none of a model its closing. */
class NativeMemoryTest {

  /** Counts the arrays of the system manager and of all managers below it. */
  private static int arrays() {
    try (NDManager probe = NDManager.newBaseManager()) {
      return probe.getParentManager().getManagedArrays().size();
    }
  }

  private static SparseNetworkModel<Label> train(NetworkSpec spec) {
    return SparseNetworkTrainer.builder(spec, new LabelAdapter())
        .optOptimizer(OptimizerSpec.adam(0.01))
        .optEpochs(3)
        .optSparsity(0.5)
        .optValidationFraction(0.2)
        .optPatience(1)
        .build()
        .train(ToyData.labels(100, 1));
  }

  @Test
  void trainingLeavesNothing() {
    train(new DenseNetworkSpec(8));
    int before = arrays();
    var spec = new DenseNetworkSpec(new int[] {8}, ActivationFunction.RELU, true, 0.1);
    train(spec).predict(ToyData.labels(10, 2));
    assertEquals(before, arrays());
  }

  @Test
  void closingFreesWhatDjlComputes() {
    var spec = new BlockFactorySpec(ResidualFactory.class.getName(), Map.of("units", "5"));
    var examples = ToyData.labels(10, 2);
    var model = train(spec);
    assertTrue(model.layers().isEmpty());
    int before = arrays();
    var first = model.predict(examples);
    // Three linear layers have a weight and a bias each.
    assertEquals(before + 6, arrays());
    model.predict(examples);
    assertEquals(before + 6, arrays());
    model.close();
    assertEquals(before, arrays());
    var second = model.predict(examples);
    for (int i = 0; i < first.size(); i++) {
      assertTrue(first.get(i).distributionEquals(second.get(i), 0.0));
    }
    model.close();
    assertEquals(before, arrays());
  }
}
