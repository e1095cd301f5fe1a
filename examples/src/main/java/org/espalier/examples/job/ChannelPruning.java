package org.espalier.examples.job;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.examples.model.Evaluation;
import org.espalier.examples.model.Networks;
import org.espalier.pruning.djl.evidence.Samples;
import org.espalier.pruning.report.CutLayer;
import org.espalier.pruning.report.Reduction;
import org.espalier.pruning.report.StructuredHtml;
import org.espalier.pruning.report.StructuredJson;
import org.espalier.pruning.report.StructuredOutcome;
import org.espalier.pruning.report.StructuredReport;
import org.espalier.pruning.report.TotalTiming;
import org.espalier.pruning.structured.GroupGraphs;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.criterion.ChannelEvidence;
import org.espalier.pruning.structured.run.FineTuning;
import org.espalier.pruning.structured.run.PrunedNetwork;
import org.espalier.pruning.structured.run.StructuredPruning;
import org.espalier.pruning.structured.run.StructuredRecipe;
import org.espalier.pruning.structured.target.Latency;

/** Removes channels from the network at rest, and trains what is left. */
final class ChannelPruning implements Treatment {

  /** Training batches that criteria measure on: some thousand images. */
  private static final int EVIDENCE_BATCHES = 16;

  private final JobRun run;
  private final StructuredRecipe recipe;
  private final ThisProcessor processor = new ThisProcessor();

  ChannelPruning(JobRun run, StructuredRecipe recipe) {
    this.run = run;
    this.recipe = recipe;
  }

  /**
   * Rehearses on a network that has learned nothing: blocks that are not understood, criteria that
   * lack what they need, and targets out of reach show themselves there.
   */
  @Override
  public void require() {
    StageTuning.require(run.settings().epochs(), recipe.steps());
    Block block = Networks.build(run.options().network(), run.train().shape());
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      block.initialize(manager, DataType.FLOAT32, run.inputShape());
      prune(block, FineTuning.NONE).block().clear();
    }
  }

  @Override
  public List<String> phases() {
    return IntStream.rangeClosed(1, recipe.steps()).mapToObj(StageTuning::phase).toList();
  }

  @Override
  public Survival survival() {
    return run.survival(Optional.empty(), Map.of("--recipe", recipe.sha256()));
  }

  @Override
  public String recipeSha256() {
    return recipe.sha256();
  }

  private PrunedNetwork prune(Block block, FineTuning tuning) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      int batches = Math.min(EVIDENCE_BATCHES, run.train().batchesPerEpoch());
      ChannelEvidence evidence =
          ChannelEvidence.of(
              Loss.softmaxCrossEntropyLoss(),
              Samples.first(batches, run.train().batches(0, 0, manager), manager));
      StructuredPruning pruning =
          StructuredPruning.by(recipe).withEvidence(evidence).withFineTuning(tuning);
      if (recipe.target().measure() instanceof Latency) {
        pruning = pruning.withLatency(processor.get());
      }
      return pruning.prune(block, run.inputShape());
    }
  }

  @Override
  public String carryOut(TrainingStage stage, double denseAccuracy) throws Exception {
    Block dense = run.model().getBlock();
    StageTuning tuning = new StageTuning(run, stage, recipe.steps());
    PrunedNetwork pruned =
        run.recorder().timed("pruning and fine-tuning", () -> prune(dense, tuning));
    try (Model small = run.newModel()) {
      pruned.setIn(small);
      double accuracy = Evaluation.accuracy(small, run.test());
      String name = run.options().network();
      run.folder().write("pruned/" + name, path -> pruned.save(path.getParent(), name));
      run.saveRecipe(recipe.canonicalText());
      StructuredNetwork before = StructuredNetwork.of(dense, run.inputShape());
      StructuredOutcome outcome = measured(before, pruned, denseAccuracy, accuracy);
      StructuredReport report =
          new StructuredReport(
              title(outcome),
              run.setup(recipe.canonicalText()),
              run.environment(),
              outcome,
              run.recorder().history(),
              GroupGraphs.of(before, pruned.network()));
      run.folder().write("report.json", path -> StructuredJson.write(path, report));
      run.folder().write("report.html", path -> StructuredHtml.write(path, report));
      return pruned.table() + conclusion(outcome);
    }
  }

  private StructuredOutcome measured(
      StructuredNetwork before, PrunedNetwork pruned, double denseAccuracy, double accuracy)
      throws Exception {
    TotalTiming timing =
        run.recorder()
            .timed(
                "measurement",
                () ->
                    NetworkBench.measure(
                        before.block(), pruned.block(), run.test(), run.options().threads()));
    List<CutLayer> layers =
        new CutLayers(processor.get(), JobRun.TEST_BATCH).of(before, pruned.network());
    return new StructuredOutcome(
        denseAccuracy,
        accuracy,
        new Reduction(pruned.before().parameters(), pruned.after().parameters()),
        new Reduction(pruned.before().flops(), pruned.after().flops()),
        layers,
        timing);
  }

  private String title(StructuredOutcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s on %s without %.1f %% of its FLOPs",
        run.options().network(),
        run.options().data().label(),
        100 * outcome.flops().removed());
  }

  private static String conclusion(StructuredOutcome outcome) {
    return String.format(
        Locale.ROOT,
        "%n%.1f %% of the parameters and %.1f %% of the FLOPs removed%n"
            + "accuracy %.2f %% dense, %.2f %% pruned (%+.2f points)%n"
            + "measured speed-up %.2f: %.0f us dense, %.0f us pruned, %s",
        100 * outcome.parameters().removed(),
        100 * outcome.flops().removed(),
        100 * outcome.denseAccuracy(),
        100 * outcome.prunedAccuracy(),
        100 * outcome.accuracyDifference(),
        outcome.measured().timing().speedup(),
        outcome.measured().timing().denseTimeUs(),
        outcome.measured().timing().sparseTimeUs(),
        JobRun.CONDITIONS);
  }
}
