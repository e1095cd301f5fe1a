package org.espalier.tribuo.network;

import java.nio.file.Path;
import org.espalier.pruning.core.Recipe;
import org.espalier.tribuo.RecipeLine;
import org.tribuo.Output;

/**
 * Builds a {@link SparseNetworkTrainer} without a configuration file; what is not set has the
 * default of its property.
 *
 * @param <T> the kind of output
 */
public final class SparseNetworkTrainerBuilder<T extends Output<T>> {

  private final SparseNetworkTrainer<T> trainer;

  SparseNetworkTrainerBuilder(NetworkSpec network, OutputAdapter<T> output) {
    this.trainer = new SparseNetworkTrainer<>(network, output);
  }

  /** Sets what updates the weights; Adam with a learning rate of 0.001 by default. */
  public SparseNetworkTrainerBuilder<T> optOptimizer(OptimizerSpec optimizer) {
    trainer.optimizer = optimizer;
    return this;
  }

  /** Sets the passes over the training examples, at least 1; 20 by default. */
  public SparseNetworkTrainerBuilder<T> optEpochs(int epochs) {
    trainer.epochs = epochs;
    return this;
  }

  /** Sets the examples of an optimizer step, at least 1; 32 by default. */
  public SparseNetworkTrainerBuilder<T> optBatchSize(int batchSize) {
    trainer.batchSize = batchSize;
    return this;
  }

  /** Sets the fraction of the examples that is watched, in [0, 1); 0 by default. */
  public SparseNetworkTrainerBuilder<T> optValidationFraction(double fraction) {
    trainer.validationFraction = fraction;
    return this;
  }

  /**
   * Sets the epochs without a smaller validation loss until training stops; 0, never, by default.
   */
  public SparseNetworkTrainerBuilder<T> optPatience(int patience) {
    trainer.patience = patience;
    return this;
  }

  /** Sets how features are scaled; standardised by default. */
  public SparseNetworkTrainerBuilder<T> optFeatureScaling(FeatureScaling scaling) {
    trainer.featureScaling = scaling;
    return this;
  }

  /** Sets what is pruned; excludes the other two ways to say it. */
  public SparseNetworkTrainerBuilder<T> optRecipe(Recipe recipe) {
    trainer.recipe = RecipeLine.of(recipe);
    return this;
  }

  /** Sets a recipe file, which is read when the trainer is built; excludes the other two ways. */
  public SparseNetworkTrainerBuilder<T> optRecipePath(Path path) {
    trainer.recipePath = path;
    return this;
  }

  /** Sets a fraction of zeros, reached gradually; excludes the other two ways. */
  public SparseNetworkTrainerBuilder<T> optSparsity(double sparsity) {
    trainer.sparsity = sparsity;
    return this;
  }

  /** Sets the seed; Tribuo's by default. */
  public SparseNetworkTrainerBuilder<T> optSeed(long seed) {
    trainer.seed = seed;
    return this;
  }

  /** Sets the epochs between messages; none by default. */
  public SparseNetworkTrainerBuilder<T> optLoggingInterval(int interval) {
    trainer.loggingInterval = interval;
    return this;
  }

  /**
   * Returns the trainer. A builder builds one.
   *
   * @throws com.oracle.labs.mlrg.olcut.config.PropertyException if a property does not hold
   */
  public SparseNetworkTrainer<T> build() {
    trainer.postConfig();
    return trainer;
  }
}
