package org.espalier.examples.model;

import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/**
 * How a network is trained: stochastic gradient descent with momentum, as DJL's {@code Sgd} does
 * it, and a learning rate that follows a shape. How weights start is the network's own affair.
 *
 * @param batchSize images per step, at least 1
 * @param epochs passes over the training set, at least 1
 * @param peakLearningRate above 0
 * @param momentum in [0, 1)
 * @param weightDecay L2 penalty added to the gradient, at least 0
 * @param learningRateShape from the first step to the last
 */
public record TrainingSettings(
    int batchSize,
    int epochs,
    float peakLearningRate,
    float momentum,
    float weightDecay,
    LearningRateShape learningRateShape) {

  /** 98.6 % of the test images of MNIST (seeds 2 and 3). */
  static final TrainingSettings LENET_300_100 =
      new TrainingSettings(64, 12, 0.05f, 0.9f, 5e-4f, LearningRateShape.COSINE);

  /** 99.3 % of the test images of MNIST (seeds 1 and 2); five times the rate diverges. */
  static final TrainingSettings LENET_5 =
      new TrainingSettings(64, 6, 0.01f, 0.9f, 5e-4f, LearningRateShape.COSINE);

  /** He et al. 2016, section 4.2, but for a shorter training, and so another shape and decay. */
  static final TrainingSettings RESNET_8 =
      new TrainingSettings(128, 10, 0.1f, 0.9f, 5e-4f, LearningRateShape.COSINE);

  /** Checks the ranges. */
  public TrainingSettings {
    if (batchSize < 1 || epochs < 1) {
      throw new IllegalArgumentException(
          "batch size and epochs must be at least 1, found %d and %d".formatted(batchSize, epochs));
    }
    if (!(peakLearningRate > 0 && Float.isFinite(peakLearningRate))) {
      throw new IllegalArgumentException(
          "peak learning rate must be above 0, found " + peakLearningRate);
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1), found " + momentum);
    }
    if (!(weightDecay >= 0 && Float.isFinite(weightDecay))) {
      throw new IllegalArgumentException("weight decay must be at least 0, found " + weightDecay);
    }
  }

  /**
   * Returns the settings that train a network of {@link Networks} well.
   *
   * @throws org.espalier.sparse.InvalidInputException if there is no such network
   */
  public static TrainingSettings defaultsFor(String networkName) {
    return Networks.settings(networkName);
  }

  /** Returns these settings with another number of epochs. */
  public TrainingSettings withEpochs(int newEpochs) {
    return new TrainingSettings(
        batchSize, newEpochs, peakLearningRate, momentum, weightDecay, learningRateShape);
  }

  /** Returns these settings with another peak of the learning rate. */
  public TrainingSettings withPeakLearningRate(float newPeak) {
    return new TrainingSettings(
        batchSize, epochs, newPeak, momentum, weightDecay, learningRateShape);
  }

  /**
   * Returns the learning rate of each step.
   *
   * @param stepsPerEpoch optimizer steps in one epoch, at least 1
   */
  public Tracker tracker(int stepsPerEpoch) {
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException(
          "steps per epoch must be at least 1, found " + stepsPerEpoch);
    }
    double steps = (double) stepsPerEpoch * epochs;
    // DJL counts the first update as 1.
    return update ->
        (float)
            (peakLearningRate
                * learningRateShape.share(Math.min(1, Math.max(0, update - 1) / steps)));
  }

  /**
   * Returns a new optimizer; each training needs its own, because an optimizer counts its steps.
   *
   * @param stepsPerEpoch optimizer steps in one epoch, at least 1
   */
  public Optimizer optimizer(int stepsPerEpoch) {
    return Optimizer.sgd()
        .setLearningRateTracker(tracker(stepsPerEpoch))
        .optMomentum(momentum)
        .optWeightDecays(weightDecay)
        .build();
  }
}
