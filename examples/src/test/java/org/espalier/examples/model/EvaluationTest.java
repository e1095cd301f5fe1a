package org.espalier.examples.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.function.Consumer;
import org.espalier.examples.data.DigitGenerator;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.data.ImageSet;
import org.espalier.examples.data.ImageShape;
import org.espalier.examples.data.Normalization;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  /** Trains with the default settings of a network and hands over the model. */
  private static void train(String network, ImageData data, int epochs, Consumer<Model> then) {
    TrainingSettings settings = TrainingSettings.defaultsFor(network).withEpochs(epochs);
    Engine.getInstance().setRandomSeed(7);
    try (Model model = Model.newInstance(network);
        ImageDataset images = data.trainBatches(settings.batchSize(), 7)) {
      model.setBlock(Networks.build(network, data.shape()));
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .optOptimizer(settings.optimizer(images.batchesPerEpoch()));
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(Networks.inputShape(data.shape()));
        for (int epoch = 0; epoch < epochs; epoch++) {
          for (Batch batch : images.getData(trainer.getManager())) {
            EasyTrain.trainBatch(trainer, batch);
            trainer.step();
            batch.close();
          }
        }
      }
      then.accept(model);
    }
  }

  private static double djlAccuracy(Model model, ImageDataset images) {
    Accuracy accuracy = new Accuracy();
    accuracy.addAccumulator("test");
    DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss());
    try (Trainer trainer = model.newTrainer(config)) {
      for (Batch batch : images.getData(trainer.getManager())) {
        try (batch) {
          NDList logits = trainer.evaluate(batch.getData());
          accuracy.updateAccumulator("test", batch.getLabels(), logits);
        }
      }
    }
    return accuracy.getAccumulator("test");
  }

  @Test
  void agreesWithDjlAndLeavesNoArraysBehind() {
    ImageData data = DigitGenerator.data(600, 333, 2);
    train(
        "lenet-300-100",
        data,
        1,
        model -> {
          try (ImageDataset images = data.testBatches(100)) {
            int before = model.getNDManager().getManagedArrays().size();
            double accuracy = Evaluation.accuracy(model, images);
            assertEquals(before, model.getNDManager().getManagedArrays().size());
            assertTrue(accuracy > 0.2 && accuracy < 1, "half-trained, found " + accuracy);
            assertEquals(djlAccuracy(model, images), accuracy, 1e-7);
            assertEquals(accuracy, trainersAccuracy(model, images));
          }
        });
  }

  /** Measures by way of a trainer, and requires that it leaves no arrays behind. */
  private static double trainersAccuracy(Model model, ImageDataset images) {
    DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss());
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(Networks.inputShape(images.shape()));
      int before = trainer.getManager().getManagedArrays().size();
      double accuracy = Evaluation.accuracy(trainer, images);
      assertEquals(before, trainer.getManager().getManagedArrays().size());
      return accuracy;
    }
  }

  /**
   * By hand: logits 0 0 1, 1 1 0, NaN NaN NaN, 3 2 1 against 2, 1, 0, 0: right, wrong, wrong,
   * right.
   */
  @Test
  void tiesGoToTheFirstClassAndNaNsToNone() {
    float[] logits = {0, 0, 1, 1, 1, 0, Float.NaN, Float.NaN, Float.NaN, 3, 2, 1};
    ImageSet set = new ImageSet(new byte[4], new int[] {2, 1, 0, 0}, new ImageShape(1, 1, 1, 3));
    Block fixed =
        new SequentialBlock()
            .add(
                new LambdaBlock(
                    in -> {
                      NDArray out = in.getManager().create(logits, new Shape(4, 3));
                      return new NDList(out);
                    },
                    "fixed"));
    try (Model model = Model.newInstance("fixed");
        NDManager manager = NDManager.newBaseManager();
        ImageDataset images =
            ImageDataset.inOrder(set, new Normalization(List.of(0f), List.of(1f)), 4)) {
      fixed.initialize(manager, DataType.FLOAT32, new Shape(4, 1, 1, 1));
      model.setBlock(fixed);
      assertEquals(0.5, Evaluation.accuracy(model, images));
    }
  }

  /** What the built-in digits promise: neither trivial nor out of reach. About 97.5 % is usual. */
  @Test
  void theBuiltInDigitsAreAsHardAsTheyShouldBe() {
    ImageData data = DigitGenerator.data(10_000, 4_000, 1);
    train(
        "lenet-300-100",
        data,
        8,
        model -> {
          try (ImageDataset images = data.testBatches(500)) {
            double accuracy = Evaluation.accuracy(model, images);
            assertTrue(accuracy > 0.96 && accuracy < 0.99, "found " + accuracy);
          }
        });
  }
}
