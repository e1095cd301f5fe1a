package org.espalier.tribuo.selection;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import org.tribuo.Dataset;
import org.tribuo.Output;

/**
 * Selects features by the inputs of a network that has learned the outputs: one hidden layer of
 * tanh units, softmax and cross entropy for labels, linear outputs and squares for regressors,
 * trained by Adam. Weights of examples are not looked at.
 *
 * @param <T> {@code Label} or {@code Regressor}
 */
public abstract class NetworkFeatureSelector<T extends Output<T>> extends RankedFeatureSelector<T> {

  @Config(description = "Units of the hidden layer.")
  private int hidden;

  @Config(description = "Passes through the data before features are judged.")
  private int epochs;

  @Config(description = "Examples per step.")
  private int batchSize;

  @Config(description = "Learning rate of Adam.")
  private double learningRate;

  @Config(description = "Strength of the penalty weightDecay / 2 |w|^2 on weights.")
  private double weightDecay;

  /**
   * @param k features to select, at least 1, or {@link #SELECT_ALL}
   * @param network what to train
   */
  NetworkFeatureSelector(int k, NetworkSettings network) {
    super(k, network.seed());
    this.hidden = network.hidden();
    this.epochs = network.epochs();
    this.batchSize = network.batchSize();
    this.learningRate = network.learningRate();
    this.weightDecay = network.weightDecay();
  }

  /**
   * {@inheritDoc}
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    super.postConfig();
    require(hidden >= 1, "hidden", "at least 1 unit", hidden);
    require(epochs >= 1, "epochs", "at least 1 epoch", epochs);
    require(batchSize >= 1, "batchSize", "at least 1 example", batchSize);
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "learningRate",
        "a number above 0",
        learningRate);
    require(
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "weightDecay",
        "a number of at least 0",
        weightDecay);
  }

  @Override
  final void requireOutputs(Dataset<T> dataset) {
    Targets.require(dataset);
  }

  @Override
  final double[] scores(Dataset<T> dataset, FeatureMatrix features, int count) {
    NetworkSettings settings =
        new NetworkSettings(hidden, epochs, batchSize, learningRate, weightDecay, seed());
    return scores(new Training(new TrainingSet(features, Targets.of(dataset)), settings), count);
  }

  /**
   * Trains the network and judges its inputs.
   *
   * @param training not begun
   * @param count inputs that shall be left
   * @return a score per input; those that are out have negative infinity
   */
  abstract double[] scores(Training training, int count);
}
