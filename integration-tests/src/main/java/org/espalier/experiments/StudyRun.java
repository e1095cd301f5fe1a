package org.espalier.experiments;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.Iterator;
import java.util.Optional;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Evaluation;
import org.espalier.examples.model.Networks;
import org.espalier.pruning.core.MaskShuffle;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.OptimizerState;
import org.espalier.pruning.djl.PruningListener;

/**
 * One training of a study: a network from its initial weights, pruned by a method.
 *
 * @param data what to train on and what to judge by
 * @param training of which network, and how: the same for all methods
 * @param seed of the initial weights, the order of the images and of what the method draws
 */
record StudyRun(ImageData data, Training training, long seed) {

  /** A moment that no training reaches: masks stay as they are given. */
  private static final Recipe FROZEN = Recipe.of(new OneShot(0, Timing.Unit.STEP, Long.MAX_VALUE));

  /**
   * What came out.
   *
   * @param accuracy on the test set after the last epoch, in [0, 1]
   * @param best accuracy after any epoch: what studies report that choose checkpoints by the test
   *     set; kept beside, not in the table
   * @param state masks at the end
   */
  record Result(double accuracy, double best, PruningState state) {}

  /** Trains and evaluates. */
  Result run(Method method, double sparsity) throws Exception {
    int stepsPerEpoch = (data.train().size() - 1) / training.batchSize() + 1;
    Optional<PruningListener> listener =
        method.recipe(sparsity, training.epochs(), stepsPerEpoch, seed).map(PruningListener::new);
    if (!method.shuffled()) {
      return train(listener, Integer.MAX_VALUE);
    }
    PruningState chosen = train(listener, 1).state();
    PruningState shuffled = PruningState.EMPTY.with(MaskShuffle.shuffled(chosen.masks(), seed));
    return train(Optional.of(new PruningListener(FROZEN, shuffled)), Integer.MAX_VALUE);
  }

  /** Trains from the start for a number of steps, at most the epochs of the training. */
  private Result train(Optional<PruningListener> listener, int maxSteps) throws Exception {
    Engine.getInstance().setRandomSeed((int) seed);
    try (ImageDataset train = data.trainBatches(training.batchSize(), seed);
        ImageDataset test = data.testBatches(1000);
        Model model = Model.newInstance("study", Device.cpu())) {
      model.setBlock(training.network().apply(data.shape()));
      Optimizer optimizer = training.optimizer().apply(train.batchesPerEpoch());
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer);
      listener.ifPresent(config::addTrainingListeners);
      double best = 0;
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(Networks.inputShape(data.shape()));
        int left = maxSteps;
        for (int epoch = 0; epoch < training.epochs() && left > 0; epoch++) {
          left -= epoch(trainer, train, left);
          best = Math.max(best, Evaluation.accuracy(trainer, test));
        }
      } finally {
        OptimizerState.release(optimizer);
      }
      // What a forward rule makes of the weights is in the weights only now.
      PruningState state = listener.map(PruningListener::state).orElse(PruningState.EMPTY);
      return new Result(Evaluation.accuracy(model, test), best, state);
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
