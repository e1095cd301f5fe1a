package org.espalier.benchmarks;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.espalier.examples.data.DigitGenerator;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Networks;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.PruningListener;

/**
 * Two trainings of the same network, with other recipes, take turns on the same batches; what the
 * second costs more per step. The assembly of batches is left out, which makes the step as short
 * and the share of what recipes do as large as it can be. Everything runs on the calling thread,
 * and its processor time is what counts: what else the machine does moves it less than the clock.
 *
 * @param network name of the network, at batch 128
 * @param turn steps that a training takes before it is the other's turn; times are means over them
 * @param turns that are timed, of each
 */
record TakingTurns(String network, int turn, int turns) {

  private static final int BATCH = 128;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  /**
   * Prints times and their ratio.
   *
   * @param first of the cheaper training; none is dense training without Espalier
   * @param second of the other
   * @param names of both, for people
   */
  void compare(Optional<Recipe> first, Optional<Recipe> second, String... names) throws Exception {
    ImageData data = DigitGenerator.data(6 * BATCH, BATCH, 1);
    Engine.getInstance().setRandomSeed(1);
    JniUtils.setNumThreads(1);
    try (ImageDataset images = data.trainBatches(BATCH, 1);
        Model firstModel = model(data);
        Model secondModel = model(data);
        Trainer one = trainer(firstModel, first);
        Trainer other = trainer(secondModel, second)) {
      one.initialize(Networks.inputShape(data.shape()));
      other.initialize(Networks.inputShape(data.shape()));
      double[] oneUs = new double[turns];
      double[] otherUs = new double[turns];
      double[] ratios = new double[turns];
      for (int i = -Math.max(2, turns / 5); i < turns; i++) {
        // The one that goes first changes, so that neither always finds warmer caches.
        double before = turn(i % 2 == 0 ? one : other, images);
        double after = turn(i % 2 == 0 ? other : one, images);
        if (i >= 0) {
          oneUs[i] = i % 2 == 0 ? before : after;
          otherUs[i] = i % 2 == 0 ? after : before;
          ratios[i] = otherUs[i] / oneUs[i];
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%-14s batch %d, %d turns of %d: %s %.0f us, %s %.0f us a step: %+.2f %% (medians),"
              + " median of pairs %+.2f %%%n",
          network,
          BATCH,
          turns,
          turn,
          names[0],
          median(oneUs),
          names[1],
          median(otherUs),
          100 * (median(otherUs) / median(oneUs) - 1),
          100 * (median(ratios) - 1));
    }
  }

  private Model model(ImageData data) {
    Model model = Model.newInstance(network, Device.cpu());
    model.setBlock(Networks.build(network, data.shape()));
    return model;
  }

  private static Trainer trainer(Model model, Optional<Recipe> recipe) {
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(
                Optimizer.sgd()
                    .setLearningRateTracker(Tracker.fixed(0.001f))
                    .optMomentum(0.9f)
                    .optWeightDecays(5e-4f)
                    .build());
    recipe.ifPresent(r -> config.addTrainingListeners(new PruningListener(r)));
    return model.newTrainer(config);
  }

  /** Returns microseconds of processor time per step. */
  private double turn(Trainer trainer, ImageDataset images) throws Exception {
    long ns = 0;
    for (int step = 0; step < turn; step++) {
      Iterator<Batch> batches = images.getData(trainer.getManager()).iterator();
      try (Batch batch = batches.next()) {
        long start = CLOCK.getCurrentThreadCpuTime();
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
        ns += CLOCK.getCurrentThreadCpuTime() - start;
      }
    }
    return ns / 1e3 / turn;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
