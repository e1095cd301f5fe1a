package org.espalier.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import org.espalier.examples.data.DigitGenerator;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Networks;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.PruningListener;

/**
 * What masking adds to a training step: a dense and a masked training of the same network take
 * turns, step by step, on the same batches; medians are compared. The assembly of the batch is left
 * out, which makes the step as short and the share of masking as large as it can be.
 */
final class MaskingCost {

  private static final int BATCH = 128;

  private MaskingCost() {}

  static void run(String network, int steps) throws Exception {
    ImageData data = DigitGenerator.data(6 * BATCH, BATCH, 1);
    Engine.getInstance().setRandomSeed(1);
    try (ImageDataset images = data.trainBatches(BATCH, 1);
        Model denseModel = model(network, data);
        Model sparseModel = model(network, data);
        Trainer dense = trainer(denseModel, null);
        Trainer sparse = trainer(sparseModel, new PruningListener(Recipe.oneShot(0.9)))) {
      dense.initialize(new Shape(BATCH, 1, 28, 28));
      sparse.initialize(new Shape(BATCH, 1, 28, 28));
      int warmUp = Math.max(20, steps / 5);
      double[] denseUs = new double[steps];
      double[] sparseUs = new double[steps];
      double[] ratios = new double[steps];
      for (int i = -warmUp; i < steps; i++) {
        // The one that goes first changes, so that neither always finds warmer caches.
        double first = step(i % 2 == 0 ? dense : sparse, images);
        double second = step(i % 2 == 0 ? sparse : dense, images);
        if (i >= 0) {
          denseUs[i] = i % 2 == 0 ? first : second;
          sparseUs[i] = i % 2 == 0 ? second : first;
          ratios[i] = sparseUs[i] / denseUs[i];
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%-14s batch %d, %d steps each: dense %.0f us, masked %.0f us, masking %+.2f %% of the"
              + " step (medians), median of pairs %+.2f %%%n",
          network,
          BATCH,
          steps,
          median(denseUs),
          median(sparseUs),
          100 * (median(sparseUs) / median(denseUs) - 1),
          100 * (median(ratios) - 1));
    }
  }

  private static Model model(String network, ImageData data) {
    Model model = Model.newInstance(network, Device.cpu());
    model.setBlock(Networks.build(network, data.shape()));
    return model;
  }

  private static Trainer trainer(Model model, PruningListener listener) {
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(
                Optimizer.sgd()
                    .setLearningRateTracker(Tracker.fixed(0.001f))
                    .optMomentum(0.9f)
                    .optWeightDecays(5e-4f)
                    .build());
    if (listener != null) {
      config.addTrainingListeners(listener);
    }
    return model.newTrainer(config);
  }

  private static double step(Trainer trainer, ImageDataset images) {
    Iterator<Batch> batches = images.getData(trainer.getManager()).iterator();
    try (Batch batch = batches.next()) {
      long start = System.nanoTime();
      EasyTrain.trainBatch(trainer, batch);
      trainer.step();
      return (System.nanoTime() - start) / 1e3;
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
