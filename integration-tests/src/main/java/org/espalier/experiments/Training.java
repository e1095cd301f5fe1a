package org.espalier.experiments;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.optimizer.Optimizer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.espalier.examples.data.ImageShape;
import org.espalier.examples.model.Networks;
import org.espalier.examples.model.TrainingSettings;

/**
 * What a study trains and how: the same for all its methods.
 *
 * @param network builds it, uninitialized
 * @param batchSize images per step
 * @param epochs passes over the training set
 * @param optimizer makes one, given the number of steps of an epoch
 */
record Training(
    Function<ImageShape, Block> network,
    int batchSize,
    int epochs,
    IntFunction<Optimizer> optimizer) {

  /** Stochastic gradient descent as the settings have it, on a network of {@link Networks}. */
  static Training of(String network, TrainingSettings settings) {
    return new Training(
        shape -> Networks.build(network, shape),
        settings.batchSize(),
        settings.epochs(),
        settings::optimizer);
  }

  /**
   * Returns this training with Adam: Kingma and Ba, "Adam: A method for stochastic optimization",
   * ICLR 2015, with the betas of the paper.
   *
   * @param settings whose learning rate it follows
   */
  Training withAdam(TrainingSettings settings) {
    return new Training(
        network,
        batchSize,
        epochs,
        steps -> Optimizer.adam().optLearningRateTracker(settings.tracker(steps)).build());
  }

  /**
   * Returns this training from weights that start normal with variance 1 / inputs, as in the study
   * of SNIP (TensorFlow's variance scaling): with twice that, logits are far from even at the
   * start, and gradients say less.
   */
  Training fromEvenLogits() {
    return new Training(
        shape -> {
          Block block = network.apply(shape);
          block.setInitializer(
              new XavierInitializer(
                  XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 1),
              Parameter.Type.WEIGHT);
          return block;
        },
        batchSize,
        epochs,
        optimizer);
  }
}
