package org.espalier.experiments;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Evaluation;
import org.espalier.examples.model.Networks;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.OptimizerState;
import org.espalier.pruning.djl.PruningListener;
import org.espalier.sparse.io.TensorFile;

/**
 * One network of the compression study: trained, pruned, evaluated.
 *
 * @param data what to train on and what to judge by
 * @param network which, and how densely each layer is kept
 * @param seed of the initial weights and the order of the images
 */
record CompressionRun(ImageData data, PaperNetwork network, long seed) {

  private static final int TEST_BATCH = 1000;

  /**
   * Accuracies on the test set, in [0, 1].
   *
   * @param dense before pruning
   * @param pruned after pruning and recovery
   */
  record Accuracies(double dense, double pruned) {}

  /**
   * Trains the network, then prunes it while it is trained further.
   *
   * @param dense how the first is done
   * @param sparse how the second is done
   * @param pruned where the pruned parameters are written
   */
  Accuracies train(TrainingSettings dense, TrainingSettings sparse, Path pruned) throws Exception {
    Engine.getInstance().setRandomSeed((int) seed);
    try (ImageDataset train = data.trainBatches(dense.batchSize(), seed);
        ImageDataset test = data.testBatches(TEST_BATCH);
        Model model = Model.newInstance(network.label(), Device.cpu())) {
      model.setBlock(Networks.build(network.label(), data.shape()));
      fit(model, train, dense, Optional.empty());
      double accuracy = Evaluation.accuracy(model, test);
      Recipe recipe = network.recipe(sparse.epochs(), train.batchesPerEpoch(), seed);
      fit(model, train, sparse, Optional.of(recipe));
      NetworkFile.write(model.getBlock(), pruned);
      return new Accuracies(accuracy, Evaluation.accuracy(model, test));
    }
  }

  /** Returns the accuracy of the network with the parameters of a file. */
  double accuracy(TensorFile parameters) throws Exception {
    try (ImageDataset test = data.testBatches(TEST_BATCH);
        Model model = Model.newInstance(network.label(), Device.cpu())) {
      model.setBlock(Networks.build(network.label(), data.shape()));
      model
          .getBlock()
          .initialize(model.getNDManager(), DataType.FLOAT32, Networks.inputShape(data.shape()));
      NetworkFile.read(parameters, model.getBlock());
      return Evaluation.accuracy(model, test);
    }
  }

  private void fit(
      Model model, ImageDataset train, TrainingSettings settings, Optional<Recipe> recipe)
      throws Exception {
    Optimizer optimizer = settings.optimizer(train.batchesPerEpoch());
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer);
    recipe.ifPresent(r -> config.addTrainingListeners(new PruningListener(r)));
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(Networks.inputShape(data.shape()));
      EasyTrain.fit(trainer, settings.epochs(), train, null);
    } finally {
      OptimizerState.release(optimizer);
    }
  }
}
