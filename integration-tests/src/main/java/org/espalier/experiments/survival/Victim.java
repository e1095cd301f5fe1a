package org.espalier.experiments.survival;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Path;
import org.espalier.examples.data.DigitGenerator;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Networks;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.PruningListener;
import org.espalier.pruning.djl.checkpoint.Checkpoints;
import org.espalier.pruning.djl.checkpoint.ResumableTraining;

/**
 * The training that is killed: a network with batch norm and dropout on generated digits, pruned
 * gradually by a criterion that watches every step. It goes on from the newest checkpoint, says
 * {@code ready} and trains to its end.
 */
public final class Victim {

  static final String READY = "ready";

  private static final int IMAGES = 2_000;
  private static final int BATCH = 32;
  private static final int EVERY = 3;
  private static final long SEED = 5;

  /** Three decisions in the 63 steps of the first epoch, ten in all. */
  private static final String RECIPE =
      "{criterion: snip-momentum, schedule: {type: cubic, target: 0.9, begin: 20, end: 200,"
          + " every: 20}}";

  private Victim() {}

  /**
   * Trains.
   *
   * @param arguments optimizer ({@code sgd} or {@code adam}), epochs and folder of the checkpoints
   */
  public static void main(String[] arguments) throws Exception {
    Engine.getInstance().setRandomSeed((int) SEED);
    JniUtils.setNumThreads(1);
    ImageData data = DigitGenerator.data(IMAGES, IMAGES / 10, SEED);
    try (ImageDataset train = data.trainBatches(BATCH, SEED);
        ImageDataset test = data.testBatches(BATCH);
        Model model = Model.newInstance("victim", Device.cpu())) {
      model.setBlock(network());
      try (Trainer trainer = model.newTrainer(config(arguments[0]))) {
        trainer.initialize(Networks.inputShape(data.shape()));
        ResumableTraining training =
            ResumableTraining.builder(trainer, train, Integer.parseInt(arguments[1]))
                .optSeed(SEED)
                .optValidation(test)
                .optCheckpoints(new Checkpoints(Path.of(arguments[2]), EVERY, 2))
                .build();
        training.resume();
        System.out.println(READY);
        training.run();
      }
    }
  }

  private static SequentialBlock network() {
    return new SequentialBlock()
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(100).build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Dropout.builder().optRate(0.3f).build())
        .add(Linear.builder().setUnits(10).build());
  }

  private static DefaultTrainingConfig config(String optimizer) {
    Tracker rate = update -> 0.05f / (1 + update / 100f);
    Tracker small = update -> 0.01f / (1 + update / 100f);
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(
            optimizer.equals("adam")
                ? Optimizer.adam().optLearningRateTracker(small).optWeightDecays(5e-4f).build()
                : Optimizer.sgd()
                    .setLearningRateTracker(rate)
                    .optMomentum(0.9f)
                    .optWeightDecays(5e-4f)
                    .build())
        .addTrainingListeners(new PruningListener(Recipe.parse(RECIPE)));
  }
}
