package org.espalier.examples.job;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingResult;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.DivergenceCheckTrainingListener;
import ai.djl.training.listener.EpochTrainingListener;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.util.ProgressBar;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Networks;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.OptimizerState;
import org.espalier.pruning.djl.PruningListener;
import org.espalier.pruning.djl.PruningSession;
import org.espalier.pruning.djl.evidence.SampleExaminer;
import org.espalier.pruning.djl.evidence.Samples;
import org.espalier.pruning.report.History.EpochPoint;
import org.espalier.pruning.report.Ledger;

/** One phase of training, dense or sparse, with progress for people and a record for the report. */
final class TrainingStage {

  /** Test batches of the ledger: a standard error of about 0.3 points at 98 %, at little cost. */
  private static final int LEDGER_BATCHES = 16;

  private final ImageDataset train;
  private final ImageDataset test;
  private final RunRecorder recorder;
  private final Survival survival;
  private final PrintWriter out;
  private long epochsDone;

  /**
   * A training.
   *
   * @param name for people and for the report
   * @param checkpoints name of the folder that keeps them
   */
  private record Phase(String name, String checkpoints) {}

  TrainingStage(
      ImageDataset train,
      ImageDataset test,
      RunRecorder recorder,
      Survival survival,
      PrintWriter out) {
    this.train = train;
    this.test = test;
    this.recorder = recorder;
    this.survival = survival;
    this.out = out;
  }

  /**
   * Trains a network as it is.
   *
   * @return no masks
   */
  PruningState dense(Model model, TrainingSettings settings) throws Exception {
    run(model, settings, new Phase("dense", "dense"), counting(0));
    return PruningState.EMPTY;
  }

  /**
   * Trains a network that has lost channels.
   *
   * @param checkpoints name under which this training keeps them
   * @param removed the fraction of the parameters that is gone
   */
  void pruned(Model model, TrainingSettings settings, String checkpoints, double removed)
      throws IOException, TranslateException {
    run(model, settings, new Phase("pruned", checkpoints), counting(removed));
  }

  private TrainingListenerAdapter counting(double sparsity) {
    return new TrainingListenerAdapter() {
      @Override
      public void onTrainingBatch(Trainer trainer, BatchData batchData) {
        recorder.step(sparsity);
      }
    };
  }

  /**
   * Prunes a network by a recipe while it is being trained on.
   *
   * @return the masks
   */
  PruningState sparse(Model model, TrainingSettings settings, Recipe recipe) throws Exception {
    PruningListener pruning =
        new PruningListener(recipe) {
          @Override
          public void afterOptimizerStep(PruningSession session) {
            recorder.step(session.state().sparsity());
          }
        };
    long stepsBefore = recorder.steps();
    int epochsBefore = recorder.epochs();
    try (NDManager manager = model.getNDManager().newSubManager()) {
      int batches = Math.min(LEDGER_BATCHES, test.batchesPerEpoch());
      pruning.withLedger(
          new SampleExaminer(Samples.first(batches, test.getData(manager), manager)));
      run(model, settings, new Phase("sparse", "sparse"), pruning);
    }
    recorder.ledger(
        new Ledger(
            ledgerImages(),
            pruning.ledger().stream()
                .map(entry -> entry.shifted(stepsBefore, epochsBefore))
                .toList()));
    return pruning.state();
  }

  private String ledgerImages() {
    int images = Math.min(LEDGER_BATCHES * test.batchSize(), test.size());
    return String.format(
        Locale.ROOT,
        images == test.size() ? "all %,d test images" : "the first %,d test images",
        images);
  }

  private void run(
      Model model, TrainingSettings settings, Phase phase, TrainingListenerAdapter listener)
      throws IOException, TranslateException {
    Progress progress = new Progress(phase.name(), settings.epochs());
    Survival.Data data = new Survival.Data(train, epochsDone, test);
    Optimizer optimizer = settings.optimizer(train.batchesPerEpoch());
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .addEvaluator(new Accuracy())
            .optOptimizer(optimizer)
            .addTrainingListeners(
                new EpochTrainingListener(),
                new EvaluatorTrainingListener(),
                new DivergenceCheckTrainingListener(),
                listener,
                progress);
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.setMetrics(new Metrics());
      trainer.initialize(Networks.inputShape(train.shape()));
      survival.train(
          trainer, phase.checkpoints(), data, settings.epochs(), recorder, progress::resume);
    } finally {
      OptimizerState.release(optimizer);
    }
    epochsDone += settings.epochs();
  }

  /** A bar while an epoch runs, a line when it is over. */
  private final class Progress extends TrainingListenerAdapter {

    private final String phase;
    private final int epochs;
    private long epoch;
    private long startNs;
    private ProgressBar bar;

    Progress(String phase, int epochs) {
      this.phase = phase;
      this.epochs = epochs;
    }

    void resume(long epochsOver) {
      epoch = epochsOver;
    }

    @Override
    public void onTrainingBatch(Trainer trainer, BatchData batchData) {
      if (bar == null) {
        startNs = System.nanoTime();
        bar = new ProgressBar(phase + " " + (epoch + 1) + "/" + epochs, train.size());
      }
      bar.update(batchData.getBatch().getProgress() - 1);
    }

    @Override
    public void onEpoch(Trainer trainer) {
      TrainingResult result = trainer.getTrainingResult();
      EpochPoint point =
          recorder.epoch(
              phase,
              result.getTrainLoss(),
              result.getTrainEvaluation("Accuracy"),
              result.getValidateEvaluation("Accuracy"));
      epoch++;
      bar = null;
      out.println(
          String.format(
              Locale.ROOT,
              "%-6s %2d/%d  loss %.4f  train %6.2f %%  test %6.2f %%  sparsity %6.2f %%  %5.1f s",
              phase,
              epoch,
              epochs,
              result.getTrainLoss(),
              100 * result.getTrainEvaluation("Accuracy"),
              100 * point.validationAccuracy(),
              100 * point.sparsity(),
              (System.nanoTime() - startNs) / 1e9));
      out.flush();
    }
  }
}
