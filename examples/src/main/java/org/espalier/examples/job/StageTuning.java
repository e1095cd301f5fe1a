package org.espalier.examples.job;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.pruning.structured.run.FineTuning;
import org.espalier.sparse.EspalierException;
import org.espalier.sparse.InvalidInputException;

/**
 * Trains a network on after each removal of channels. The epochs of a run are spread over the
 * steps; each step has its own optimizer and its own course of the learning rate.
 */
final class StageTuning implements FineTuning {

  private final JobRun run;
  private final TrainingStage stage;
  private final int steps;
  private final long parametersBefore;

  /**
   * @param stage to train with
   * @param steps of the recipe
   */
  StageTuning(JobRun run, TrainingStage stage, int steps) {
    this.run = run;
    this.stage = stage;
    this.steps = steps;
    this.parametersBefore = parameters(run.model().getBlock());
  }

  /** Refuses more steps than epochs. */
  static void require(int epochs, int steps) {
    if (epochs < steps) {
      throw new InvalidInputException(
          "--epochs",
          "at least " + steps + ", one for each step of the recipe",
          Integer.toString(epochs),
          "raise it, or prune in fewer steps");
    }
  }

  /**
   * Returns the epochs after one step: all together are those of the run, and two steps differ by
   * one at most.
   */
  static int epochs(int all, int steps, int step) {
    return Math.toIntExact((long) all * step / steps - (long) all * (step - 1) / steps);
  }

  /** Returns the name under which the training after a step keeps its checkpoints. */
  static String phase(int step) {
    return "pruned-" + step;
  }

  @Override
  public void tune(Block block, int step) {
    TrainingSettings settings = run.fineTuning();
    double removed = 1 - (double) parameters(block) / parametersBefore;
    // Closing the model leaves the block as it is: its arrays belong to a manager of their own.
    try (Model model = run.newModel()) {
      model.setBlock(block);
      stage.pruned(
          model, settings.withEpochs(epochs(settings.epochs(), steps, step)), phase(step), removed);
    } catch (IOException | TranslateException e) {
      throw new EspalierException(
          "fine-tuning after step " + step,
          "a data set that can be read",
          String.valueOf(e.getMessage()),
          "mend the data set",
          e);
    }
  }

  private static long parameters(Block block) {
    return block.getParameters().values().stream()
        .map(Parameter::getArray)
        .mapToLong(array -> array.size())
        .sum();
  }
}
