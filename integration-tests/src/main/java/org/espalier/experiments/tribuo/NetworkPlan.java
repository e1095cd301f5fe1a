package org.espalier.experiments.tribuo;

import java.util.List;
import org.espalier.tribuo.network.ActivationFunction;
import org.espalier.tribuo.network.DenseNetworkSpec;
import org.espalier.tribuo.network.FeatureScaling;
import org.espalier.tribuo.network.OptimizerSpec;
import org.espalier.tribuo.network.OutputAdapter;
import org.espalier.tribuo.network.SparseNetworkTrainer;
import org.espalier.tribuo.network.SparseNetworkTrainerBuilder;
import org.tribuo.Output;
import org.tribuo.Trainer;

/**
 * A network of dense layers and its training, the same with and without pruning.
 *
 * @param hidden units of the hidden layers
 * @param epochs of the whole training; the sparse network is pruned during its first three quarters
 * @param batchSize examples of a step
 * @param optimizer updates the weights
 * @param scaling of features
 */
record NetworkPlan(
    int[] hidden, int epochs, int batchSize, OptimizerSpec optimizer, FeatureScaling scaling) {

  /** Fraction of zeros of each layer of the sparse network. */
  static final double SPARSITY = 0.9;

  /** File name of the dense network. */
  static final String DENSE = "network-dense";

  /** File name of the sparse network. */
  static final String SPARSE = "network-sparse";

  /** Returns the dense and the sparse network. */
  <T extends Output<T>> List<Contestant<T>> contestants(OutputAdapter<T> output) {
    return List.of(
        new Contestant<>(DENSE, "network, dense", true, seed -> trainer(output, seed, 0)),
        new Contestant<>(
            SPARSE, "network, 90 % sparse", true, seed -> trainer(output, seed, SPARSITY)));
  }

  private <T extends Output<T>> Trainer<T> trainer(
      OutputAdapter<T> output, long seed, double sparsity) {
    DenseNetworkSpec network = new DenseNetworkSpec(hidden, ActivationFunction.RELU, false, 0);
    SparseNetworkTrainerBuilder<T> builder =
        SparseNetworkTrainer.builder(network, output)
            .optEpochs(epochs)
            .optBatchSize(batchSize)
            .optOptimizer(optimizer)
            .optFeatureScaling(scaling)
            .optSeed(seed);
    return (sparsity > 0 ? builder.optSparsity(sparsity) : builder).build();
  }
}
