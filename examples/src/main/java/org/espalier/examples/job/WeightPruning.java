package org.espalier.examples.job;

import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.examples.data.ImageShape;
import org.espalier.examples.model.Evaluation;
import org.espalier.pruning.core.MaskFiles;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.report.HtmlReport;
import org.espalier.pruning.report.JsonReport;
import org.espalier.pruning.report.LayerReport;
import org.espalier.pruning.report.LayerTable;
import org.espalier.pruning.report.MachineReports;
import org.espalier.pruning.report.MaskPicture;
import org.espalier.pruning.report.Outcome;
import org.espalier.pruning.report.RunReport;
import org.espalier.pruning.report.TotalTiming;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/** Prunes single weights while the network trains on. */
final class WeightPruning implements Treatment {

  private final JobRun run;
  private final Recipe recipe;

  WeightPruning(JobRun run, Recipe recipe) {
    this.run = run;
    this.recipe = recipe;
  }

  /** Refuses a schedule that would end after the training: its target would never be reached. */
  @Override
  public void require() {
    int epochs = run.settings().epochs();
    for (PruningGroup group : recipe.groups()) {
      Timing timing = group.schedule().timing();
      boolean inSteps = timing.unit() == Timing.Unit.STEP;
      long last = (inSteps ? (long) epochs * run.train().batchesPerEpoch() : epochs) - 1;
      long needed = timing.end() == Timing.OPEN ? timing.begin() : timing.end();
      if (needed > last) {
        throw new InvalidInputException(
            "group '%s', schedule".formatted(group.name()),
            "a last decision at %s %d at the latest".formatted(timing.unit().text(), last),
            Long.toString(needed),
            "end the schedule earlier or raise --epochs");
      }
    }
  }

  @Override
  public List<String> phases() {
    return List.of("sparse");
  }

  @Override
  public Survival survival() {
    return run.survival(Optional.of(recipe), Map.of());
  }

  @Override
  public String recipeSha256() {
    return recipe.sha256();
  }

  @Override
  public String carryOut(TrainingStage stage, double denseAccuracy) throws Exception {
    PruningState state =
        run.recorder()
            .timed(
                "pruning and fine-tuning",
                () -> stage.sparse(run.model(), run.fineTuning(), recipe));
    double sparseAccuracy = Evaluation.accuracy(run.model(), run.test());
    run.save("model", recipe.sha256(), state.sparsity());
    run.folder().write("masks.npz", path -> MaskFiles.write(path, state.masks()));
    run.saveRecipe(recipe.canonicalText());
    MachineForecast forecast = new MachineForecast(run.options().seed());
    LayerAnalysis analysis = new LayerAnalysis(run.model(), forecast);
    List<LayerReport> layers =
        run.recorder()
            .timed("measurement", () -> analysis.run(run.test(), run.options().threads()));
    Outcome outcome =
        new Outcome(
            denseAccuracy, sparseAccuracy, layers, TotalTiming.ofLayers(layers, JobRun.CONDITIONS));
    RunReport report = report(outcome, state.masks(), forecast.reports());
    run.folder().write("report.json", path -> JsonReport.write(path, report));
    run.folder().write("report.html", path -> HtmlReport.write(path, report));
    return conclusion(outcome);
  }

  private static String conclusion(Outcome outcome) {
    return LayerTable.text(outcome)
        + String.format(
            Locale.ROOT,
            "%naccuracy %.2f %% dense, %.2f %% sparse (%+.2f points)%n",
            100 * outcome.denseAccuracy(),
            100 * outcome.sparseAccuracy(),
            100 * outcome.accuracyDifference())
        + String.format(
            Locale.ROOT,
            "%d of %d weights left, sparsity %.4f",
            outcome.nonzeros(),
            outcome.elements(),
            outcome.sparsity());
  }

  private RunReport report(Outcome outcome, Map<String, Mask> masks, MachineReports machines) {
    String title =
        String.format(
            Locale.ROOT,
            "%s on %s, %.1f %% sparse",
            run.options().network(),
            run.options().data().label(),
            100 * outcome.sparsity());
    return new RunReport(
        title,
        run.setup(recipe.canonicalText()),
        run.environment(),
        outcome,
        run.recorder().history(),
        pictures(masks),
        machines);
  }

  /** Pictures in network order; only a first linear layer sees the pixels themselves. */
  private List<MaskPicture> pictures(Map<String, Mask> masks) {
    ImageShape shape = run.train().shape();
    List<MaskPicture> pictures = new ArrayList<>();
    for (var pair : run.model().getBlock().getParameters()) {
      Mask mask = masks.get(pair.getKey());
      if (mask != null && pair.getValue().getType() == Parameter.Type.WEIGHT) {
        boolean seesPixels =
            pictures.isEmpty() && mask.shape().length == 2 && mask.shape()[1] == shape.pixels();
        pictures.add(new MaskPicture(pair.getKey(), mask, seesPixels));
      }
    }
    return pictures;
  }
}
