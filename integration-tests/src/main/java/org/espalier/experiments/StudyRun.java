package org.espalier.experiments;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.Iterator;
import java.util.Optional;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Evaluation;
import org.espalier.examples.model.Networks;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.pruning.core.MaskShuffle;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.OptimizerState;
import org.espalier.pruning.djl.PruningListener;

/**
 * One training of the study: LeNet-300-100 from its initial weights, pruned by a method. Weights
 * start normal with variance 1 / inputs, as in the study of SNIP (TensorFlow's variance scaling):
 * with twice that, logits are far from even at the start, and gradients say less.
 *
 * @param data what to train on and what to judge by
 * @param settings of the training, the same for all methods
 * @param seed of the initial weights, the order of the images and of what the method draws
 */
record StudyRun(ImageData data, TrainingSettings settings, long seed) {

  static final String NETWORK = "lenet-300-100";

  /** A moment that no training reaches: masks stay as they are given. */
  private static final Recipe FROZEN = Recipe.of(new OneShot(0, Timing.Unit.STEP, Long.MAX_VALUE));

  /**
   * What came out.
   *
   * @param accuracy on the test set after the last epoch, in [0, 1]
   * @param best accuracy after any epoch: what studies report that choose checkpoints by the test
   *     set; kept beside, not in the table
   * @param kept weights that live
   * @param elements weights that could be pruned
   */
  record Result(double accuracy, double best, long kept, long elements) {}

  /** Trains and evaluates. */
  Result run(Method method, double sparsity) throws Exception {
    if (method == Method.DENSE) {
      return train(Optional.empty(), Integer.MAX_VALUE);
    }
    try (ImageDataset train = data.trainBatches(settings.batchSize(), seed)) {
      long steps = (long) settings.epochs() * train.batchesPerEpoch();
      PruningListener listener = new PruningListener(method.recipe(sparsity, steps, seed));
      if (!method.shuffled()) {
        return train(Optional.of(listener), Integer.MAX_VALUE);
      }
      train(Optional.of(listener), 1);
      PruningState shuffled =
          PruningState.EMPTY.with(MaskShuffle.shuffled(listener.state().masks(), seed));
      return train(Optional.of(new PruningListener(FROZEN, shuffled)), Integer.MAX_VALUE);
    }
  }

  /** Trains from the start for a number of steps, at most the epochs of the settings. */
  private Result train(Optional<PruningListener> listener, int maxSteps) throws Exception {
    Engine.getInstance().setRandomSeed((int) seed);
    try (ImageDataset train = data.trainBatches(settings.batchSize(), seed);
        ImageDataset test = data.testBatches(1000);
        Model model = Model.newInstance(NETWORK, Device.cpu())) {
      Block network = Networks.build(NETWORK, data.shape());
      network.setInitializer(
          new XavierInitializer(
              XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 1),
          Parameter.Type.WEIGHT);
      model.setBlock(network);
      Optimizer optimizer = settings.optimizer(train.batchesPerEpoch());
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer);
      listener.ifPresent(config::addTrainingListeners);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(Networks.inputShape(data.shape()));
        int left = maxSteps;
        double accuracy = 0;
        double best = 0;
        for (int epoch = 0; epoch < settings.epochs() && left > 0; epoch++) {
          left -= epoch(trainer, train, left);
          accuracy = Evaluation.accuracy(model, test);
          best = Math.max(best, accuracy);
        }
        PruningState state = listener.map(PruningListener::state).orElse(PruningState.EMPTY);
        return new Result(accuracy, best, state.keptCount(), state.elements());
      } finally {
        OptimizerState.release(optimizer);
      }
    }
  }

  private static int epoch(Trainer trainer, ImageDataset train, int maxSteps) throws Exception {
    Iterator<Batch> batches = train.getData(trainer.getManager()).iterator();
    int steps = 0;
    while (steps < maxSteps && batches.hasNext()) {
      try (Batch batch = batches.next()) {
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
        steps++;
      }
    }
    trainer.notifyListeners(l -> l.onEpoch(trainer));
    return steps;
  }
}
