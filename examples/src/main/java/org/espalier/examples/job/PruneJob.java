package org.espalier.examples.job;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Evaluation;
import org.espalier.examples.model.Networks;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.sparse.kernel.SparseOps;

/** Train, prune, fine-tune, evaluate, measure, report: one network from start to end. */
public final class PruneJob {

  private static final String DENSE = "dense";

  private final PruneOptions options;
  private final PrintWriter out;

  /**
   * @param options what to do
   * @param out where progress and results are printed
   */
  public PruneJob(PruneOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs the job.
   *
   * @throws org.espalier.sparse.EspalierException if an input does not hold or an output cannot be
   *     written
   */
  public void run() throws Exception {
    // All that can be refused is refused here, before the hours of training.
    TrainingSettings settings = TrainingSettings.defaultsFor(options.network());
    TrainingSettings chosen = options.epochs().map(settings::withEpochs).orElse(settings);
    Function<JobRun, Treatment> plan = options.recipe().read();
    try (RunFolder folder = new RunFolder(options.out())) {
      ImageData data = options.data().load(options.dataDir().orElse(null));
      Engine engine = Engine.getInstance();
      JniUtils.setNumThreads(options.threads());
      try (ImageDataset train = data.trainBatches(chosen.batchSize(), options.seed());
          ImageDataset test = data.testBatches(JobRun.TEST_BATCH);
          Model model = Model.newInstance(options.network(), Device.cpu())) {
        model.setBlock(Networks.build(options.network(), data.shape()));
        JobRun run =
            new JobRun(options, folder, model, train, test, chosen, new RunRecorder(), out);
        Treatment treatment = plan.apply(run);
        treatment.require();
        // One thread count and one seed for the whole process: the same seed gives the same bits.
        engine.setRandomSeed((int) options.seed());
        String conclusion = carryOut(run, treatment);
        folder.publish();
        out.printf("%n%s%nreport: %s%n", conclusion, options.out().resolve("report.html"));
        out.flush();
      }
    }
  }

  private String carryOut(JobRun run, Treatment treatment) throws Exception {
    out.printf(
        "%s on %s: %d training and %d test images, %d threads, kernels %s%n",
        options.network(),
        options.data().label(),
        run.train().size(),
        run.test().size(),
        options.threads(),
        SparseOps.kernelName());
    out.flush();
    Survival survival = treatment.survival();
    List<String> phases = new ArrayList<>(treatment.phases());
    phases.add(DENSE);
    survival.begin(phases);
    TrainingStage stage = new TrainingStage(run.train(), run.test(), run.recorder(), survival, out);
    if (options.loadDir().isPresent()) {
      run.load(options.loadDir().get());
    } else {
      run.recorder().timed("dense training", () -> stage.dense(run.model(), run.settings()));
    }
    double denseAccuracy = Evaluation.accuracy(run.model(), run.test());
    run.save(DENSE, treatment.recipeSha256(), 0);
    return treatment.carryOut(stage, denseAccuracy);
  }
}
