package org.espalier.experiments;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.dataset.Batch;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Iterator;
import java.util.Map;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Evaluation;
import org.espalier.examples.model.Networks;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.checkpoint.EpochData;
import org.espalier.pruning.rewind.TrainingTask;

/**
 * LeNet-300-100 as the lottery ticket study trains it: Adam with rate 1.2e-3 and batches of 60,
 * weights normal with variance 2 / (inputs + outputs).
 *
 * <p>Source: J. Frankle, M. Carbin, "The Lottery Ticket Hypothesis", ICLR 2019, figure 2 and
 * appendix E. The number of epochs is not theirs: they train for 50 000 steps.
 */
public final class LotteryTask implements TrainingTask, AutoCloseable {

  static final int BATCH = 60;
  static final float RATE = 1.2e-3f;

  private static final String NETWORK = "lenet-300-100";
  private static final int TEST_BATCH = 1000;

  private final ImageData data;
  private final int epochs;
  private final long seed;
  private final ImageDataset train;
  private final ImageDataset test;

  /**
   * @param data what to train on and what to judge by
   * @param epochs of every training
   * @param seed of the order of the images
   */
  public LotteryTask(ImageData data, int epochs, long seed) {
    this.data = data;
    this.epochs = epochs;
    this.seed = seed;
    this.train = data.trainBatches(BATCH, seed);
    this.test = data.testBatches(TEST_BATCH);
  }

  /**
   * Returns what the paper prunes: a fifth of the living weights of each layer in every round, a
   * tenth in the last layer.
   */
  public static Recipe recipe(long seed) {
    return Recipe.parse(
        """
        seed: %d
        groups:
        - name: hidden
          include: ["02*weight", "04*weight"]
          schedule: {type: geometric, rate: 0.2, target: 0.99, begin: 0, every: 1}
        - name: output
          include: ["06*weight"]
          schedule: {type: geometric, rate: 0.1, target: 0.99, begin: 0, every: 1}
        """
            .formatted(seed));
  }

  @Override
  public Map<String, String> description() {
    return Map.of(
        "data", "%s, %d and %d images".formatted(data.name(), train.size(), test.size()),
        "network", NETWORK + ", Glorot normal",
        "optimizer", "Adam",
        "batch", Integer.toString(BATCH),
        "order of the data", Long.toString(seed));
  }

  @Override
  public Model newModel() {
    Model model = Model.newInstance(NETWORK, Device.cpu());
    Block network = Networks.build(NETWORK, data.shape());
    network.setInitializer(
        new XavierInitializer(
            XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.AVG, 1),
        Parameter.Type.WEIGHT);
    model.setBlock(network);
    return model;
  }

  @Override
  public Shape inputShape() {
    return Networks.inputShape(data.shape());
  }

  @Override
  public DefaultTrainingConfig newConfig(Tracker learningRate) {
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(Optimizer.adam().optLearningRateTracker(learningRate).build());
  }

  @Override
  public Tracker learningRate() {
    return Tracker.fixed(RATE);
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public int stepsPerEpoch() {
    return train.batchesPerEpoch();
  }

  @Override
  public EpochData data() {
    return (epoch, skip, manager) -> {
      train.seekEpoch(Math.toIntExact(epoch));
      Iterator<Batch> batches = train.getData(manager).iterator();
      for (long done = 0; done < skip; done++) {
        batches.next().close();
      }
      return () -> batches;
    };
  }

  @Override
  public double evaluate(Model model) {
    return Evaluation.accuracy(model, test);
  }

  @Override
  public void close() {
    train.close();
    test.close();
  }
}
