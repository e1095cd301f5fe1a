package org.espalier.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.espalier.examples.data.DigitGenerator;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Networks;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.OptimizerState;
import org.espalier.pruning.djl.PruningListener;

/** Array counts over 10 000 steps, and resident memory over 20 trainers in a row. */
final class TrainerMemory {

  private static final int BATCH = 32;

  private TrainerMemory() {}

  static void run() throws Exception {
    ImageData data = DigitGenerator.data(20 * BATCH, BATCH, 1);
    try (ImageDataset images = data.trainBatches(BATCH, 1)) {
      tenThousandSteps(data, images);
      twentyTrainers(data, images, false);
      twentyTrainers(data, images, true);
    }
  }

  private static void tenThousandSteps(ImageData data, ImageDataset images) throws Exception {
    try (Model model = model(data);
        Trainer trainer = model.newTrainer(config(Optimizer.adam().build(), true))) {
      trainer.initialize(new Shape(BATCH, 1, 28, 28));
      train(trainer, images, 100);
      int before = arrays(model, trainer);
      train(trainer, images, 10_000);
      System.out.printf(
          "arrays in the managers of model and trainer: %d before, %d after 10 000 steps%n",
          before, arrays(model, trainer));
    }
  }

  private static int arrays(Model model, Trainer trainer) {
    // The trainer's manager is a child of the model's, and counted by it.
    return model.getNDManager().getManagedArrays().size()
        + trainer.getManager().getManagedArrays().size();
  }

  private static void twentyTrainers(ImageData data, ImageDataset images, boolean release)
      throws Exception {
    long after5 = 0;
    for (int i = 1; i <= 25; i++) {
      Optimizer optimizer = Optimizer.adam().build();
      try (Model model = model(data);
          Trainer trainer = model.newTrainer(config(optimizer, true))) {
        trainer.initialize(new Shape(BATCH, 1, 28, 28));
        train(trainer, images, 40);
      }
      if (release) {
        OptimizerState.release(optimizer);
      }
      if (i == 5) {
        after5 = residentKb();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "20 trainers in a row, optimizer state %s: resident %.1f MB -> %.1f MB%n",
        release ? "released" : "left to DJL",
        after5 / 1024.0,
        residentKb() / 1024.0);
  }

  private static Model model(ImageData data) {
    Model model = Model.newInstance("memory", Device.cpu());
    model.setBlock(Networks.build("lenet-300-100", data.shape()));
    return model;
  }

  private static DefaultTrainingConfig config(Optimizer optimizer, boolean prune) {
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer);
    if (prune) {
      config.addTrainingListeners(new PruningListener(Recipe.oneShot(0.9)));
    }
    return config;
  }

  private static void train(Trainer trainer, ImageDataset images, int steps) {
    int done = 0;
    while (done < steps) {
      for (Batch batch : images.getData(trainer.getManager())) {
        try (batch) {
          if (done < steps) {
            EasyTrain.trainBatch(trainer, batch);
            trainer.step();
            done++;
          }
        }
      }
    }
  }

  /** Resident memory of this process after a collection; Linux only. */
  static long residentKb() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/self/status has no VmRSS");
  }
}
