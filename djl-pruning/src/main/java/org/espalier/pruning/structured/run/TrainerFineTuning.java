package org.espalier.pruning.structured.run;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.espalier.sparse.EspalierException;
import org.espalier.sparse.InvalidInputException;

/**
 * Fine-tunes as DJL trains: {@code EasyTrain.fit} for some epochs.
 *
 * @param config makes a new configuration with a new optimizer each time: optimizers keep what they
 *     have seen, and it belongs to a larger network
 * @param data to train on
 * @param epochs after each step, at least 1
 */
public record TrainerFineTuning(Supplier<TrainingConfig> config, Dataset data, int epochs)
    implements FineTuning {

  /** Refuses nulls and fewer epochs than 1. */
  public TrainerFineTuning {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(data, "data");
    if (epochs < 1) {
      throw new InvalidInputException("epochs", "at least 1", "" + epochs, "correct it");
    }
  }

  @Override
  public void tune(Block block, int step) {
    try (Model model = Model.newInstance("fine-tuning")) {
      model.setBlock(block);
      try (Trainer trainer = model.newTrainer(config.get())) {
        trainer.initialize(block.getInputShapes());
        EasyTrain.fit(trainer, epochs, data, null);
      }
    } catch (IOException | TranslateException e) {
      throw new EspalierException(
          "fine-tuning after step " + step,
          "a data set that can be read",
          String.valueOf(e.getMessage()),
          "mend the data set",
          e);
    }
  }
}
