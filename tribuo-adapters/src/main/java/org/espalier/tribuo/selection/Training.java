package org.espalier.tribuo.selection;

import java.util.SplittableRandom;

/** A network in training: minibatches in a new random order each epoch. */
final class Training {

  private final TrainingSet data;
  private final NetworkSettings settings;
  private final SplittableRandom random;
  private final Perceptron network;
  private final Gradient gradient;
  private final Adam adam;
  private final int[] order;

  /** Makes a network with random weights. */
  Training(TrainingSet data, NetworkSettings settings) {
    this.data = data;
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
    this.network = Perceptron.random(data, settings.hidden(), random);
    this.gradient = new Gradient(network);
    this.adam = new Adam(network, settings.learningRate(), settings.weightDecay());
    this.order = new int[data.size()];
    for (int p = 0; p < order.length; p++) {
      order[p] = p;
    }
  }

  Perceptron network() {
    return network;
  }

  TrainingSet data() {
    return data;
  }

  NetworkSettings settings() {
    return settings;
  }

  /** Trains for the epochs of the settings, by Adam. */
  void train() {
    train(settings.epochs());
  }

  /** Trains by Adam. */
  void train(int epochs) {
    train(epochs, settings.batchSize(), adam);
  }

  /** Trains by another step, on batches of another size. */
  void train(int epochs, int batchSize, Step step) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      Shuffle.shuffle(order, random);
      for (int from = 0; from < order.length; from += batchSize) {
        gradient.compute(data, order, from, Math.min(order.length, from + batchSize));
        step.apply(network, gradient);
      }
    }
  }
}
