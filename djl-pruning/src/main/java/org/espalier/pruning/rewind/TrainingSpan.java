package org.espalier.pruning.rewind;

import ai.djl.Model;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.function.Function;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.OptimizerState;
import org.espalier.pruning.djl.PruningListener;
import org.espalier.pruning.djl.checkpoint.ResumableTraining;
import org.espalier.pruning.djl.checkpoint.TrainingSnapshot;

/**
 * One training from a snapshot to a step, under masks that stay as they are. It leaves nothing
 * behind but its outcome: model, trainer and the optimizer's state are freed.
 *
 * @param task what is trained
 * @param seed of the initial weights and of the random state of every step
 */
record TrainingSpan(TrainingTask task, long seed) {

  /** A moment that no training reaches: masks stay as they are given. */
  private static final Recipe FROZEN = Recipe.of(new OneShot(0, Timing.Unit.STEP, Long.MAX_VALUE));

  /**
   * What came out.
   *
   * @param end all that a training needs to go on
   * @param before the task's judgement before the first of these steps
   * @param after the task's judgement at the end
   * @param steps that were trained
   */
  record Outcome(TrainingSnapshot end, double before, double after, long steps) {}

  /** Work on a training that is before its first step. */
  private interface Work<R> {
    R on(Model model, ResumableTraining training) throws IOException, TranslateException;
  }

  /** Returns the snapshot of the network before any step, as a seed makes it. */
  TrainingSnapshot initial(long ofSeed) throws IOException {
    return with(ofSeed, task.learningRate(), (model, training) -> training.snapshot());
  }

  /**
   * Trains.
   *
   * @param start with masks; its position says which batch comes next
   * @param until steps of the task's training at the end, at least those at the start
   * @param rate by the number of the update
   */
  Outcome train(TrainingSnapshot start, long until, Tracker rate) throws IOException {
    return with(
        seed,
        rate,
        (model, training) -> {
          training.restore(start);
          double before = task.evaluate(model);
          training.runUntilBatch(until);
          long steps = training.position().batches() - start.position().batches();
          return new Outcome(training.snapshot(), before, task.evaluate(model), steps);
        });
  }

  /** Calls an action with a model that has the parameters of a snapshot. */
  <R> R look(TrainingSnapshot snapshot, Function<Model, R> action) throws IOException {
    return with(
        seed,
        task.learningRate(),
        (model, training) -> {
          training.restore(snapshot);
          return action.apply(model);
        });
  }

  private <R> R with(long initialSeed, Tracker rate, Work<R> work) throws IOException {
    DefaultTrainingConfig config =
        task.newConfig(rate).addTrainingListeners(new PruningListener(FROZEN));
    try (Model model = task.newModel()) {
      model.getNDManager().getEngine().setRandomSeed((int) initialSeed);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(task.inputShape());
        return work.on(
            model,
            ResumableTraining.builder(trainer, task.data(), task.epochs())
                .optSeed(seed)
                .optFacts(task.description())
                .build());
      }
    } catch (TranslateException e) {
      throw new IOException("the task's data cannot be read: " + e.getMessage(), e);
    } finally {
      OptimizerState.release(config.getOptimizer());
    }
  }
}
