package org.espalier.pruning.rewind;

import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.pruning.core.MaskFiles;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.checkpoint.TrainingSnapshot;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * The stages of {@link IterativePruning}, each of which reads what it needs from the files of
 * earlier ones: what was trained in this process and what another has left is all the same.
 */
final class RunStages implements Rewinder.Origins {

  private final TrainingTask task;
  private final RewindPlan plan;
  private final StageStore store;
  private final TrainingSpan span;
  private final MaskDecision decision;
  private final Rewinder rewinder = new Rewinder(this);

  RunStages(TrainingTask task, RewindPlan plan, Path folder) {
    this.task = task;
    this.plan = plan;
    this.decision = new MaskDecision(plan.recipe(), Set.of(Statistic.INITIAL_VALUE));
    this.span = new TrainingSpan(task, plan.seed());
    if (plan.origins().last() >= lastStep()) {
      throw new InvalidInputException(
          "step",
          "a step before the end of the training, " + lastStep(),
          Long.toString(plan.origins().last()),
          "rewind further back");
    }
    this.store = new StageStore(folder);
  }

  private long lastStep() {
    return (long) task.epochs() * task.stepsPerEpoch();
  }

  /** The dense training after some steps, which goes on from the last such stage before it. */
  private Stage origin(long step) throws IOException {
    return store.run(
        "origin-" + step,
        description(Map.of("step", Long.toString(step))),
        folder -> {
          if (step == 0) {
            span.initial(plan.seed()).write(folder.resolve(IterativePruning.SNAPSHOT_FILE));
            return Map.of(IterativePruning.STEPS, 0.0);
          }
          return trained(after(plan.origins().lower(step)), step, task.learningRate(), folder);
        });
  }

  @Override
  public TrainingSnapshot after(long step) throws IOException {
    return snapshot(origin(step));
  }

  @Override
  public TrainingSnapshot ofSeed(long seed) throws IOException {
    return span.initial(seed);
  }

  /** The dense training, from its last origin to its end. */
  Stage dense() throws IOException {
    return store.run(
        "level-00",
        description(Map.of("level", "0")),
        folder -> trained(after(plan.origins().last()), lastStep(), task.learningRate(), folder));
  }

  /** The masks of one more round. */
  Stage decision(Level before) throws IOException {
    int level = before.rounds() + 1;
    return store.run(
        name(level) + "-mask",
        description(pruned(level)),
        folder -> {
          Map<String, float[]> initial = new TreeMap<>();
          after(0).parameters().forEach((path, tensor) -> initial.put(path, tensor.floats()));
          Map<String, Mask> masks =
              span.look(
                  snapshot(before.trained()),
                  model ->
                      decision.next(model.getBlock(), before.masks(), before.rounds(), initial));
          MaskFiles.write(folder.resolve(IterativePruning.MASKS_FILE), masks);
          return counts(masks);
        });
  }

  /**
   * One training under masks.
   *
   * @param before the level whose trained weights were pruned
   * @param label what the stage's name ends with; empty for the training of the chain
   */
  Stage training(Level before, Stage decided, Rewind way, Optional<String> label)
      throws IOException {
    int level = before.rounds() + 1;
    Map<String, String> facts = pruned(level);
    facts.put("rewind", way.toString());
    return store.run(
        name(level) + label.map(l -> "-" + l).orElse(""),
        description(facts),
        folder -> {
          Map<String, Mask> masks = MaskFiles.read(decided.file(IterativePruning.MASKS_FILE));
          TrainingSnapshot start = rewinder.start(way, snapshot(before.trained()), masks);
          Tracker rate = way.learningRate(task.learningRate());
          Map<String, Double> figures = trained(start, lastStep(), rate, folder);
          figures.putAll(counts(start.session().orElseThrow().state().masks()));
          return figures;
        });
  }

  private Map<String, Double> trained(TrainingSnapshot start, long until, Tracker rate, Path folder)
      throws IOException {
    TrainingSpan.Outcome outcome = span.train(start, until, rate);
    outcome.end().write(folder.resolve(IterativePruning.SNAPSHOT_FILE));
    Map<String, Double> figures = new TreeMap<>();
    figures.put(IterativePruning.ACCURACY_BEFORE, outcome.before());
    figures.put(IterativePruning.ACCURACY, outcome.after());
    figures.put(IterativePruning.STEPS, (double) outcome.steps());
    return figures;
  }

  private static Map<String, Double> counts(Map<String, Mask> masks) {
    long kept = masks.values().stream().mapToLong(Mask::keptCount).sum();
    long elements = masks.values().stream().mapToLong(Mask::elements).sum();
    return Map.of(
        IterativePruning.KEPT,
        (double) kept,
        IterativePruning.ELEMENTS,
        (double) elements,
        IterativePruning.SPARSITY,
        (double) (elements - kept) / elements);
  }

  private static TrainingSnapshot snapshot(Stage stage) {
    return TrainingSnapshot.read(stage.file(IterativePruning.SNAPSHOT_FILE));
  }

  private static String name(int level) {
    return "level-%02d".formatted(level);
  }

  /** What decides the masks of a level, besides the task. */
  private Map<String, String> pruned(int level) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("level", Integer.toString(level));
    facts.put("recipe", plan.recipe().canonicalText());
    facts.put("chain", plan.chain().toString());
    return facts;
  }

  private Map<String, String> description(Map<String, String> facts) {
    Map<String, String> all = new TreeMap<>();
    task.description().forEach((key, value) -> all.put("task, " + key, value));
    all.put("seed", Long.toString(plan.seed()));
    all.put("epochs", Integer.toString(task.epochs()));
    all.put("steps per epoch", Integer.toString(task.stepsPerEpoch()));
    for (long update : new long[] {1, (lastStep() + 1) / 2, lastStep()}) {
      float rate = task.learningRate().getNewValue(Math.toIntExact(update));
      all.put("learning rate at " + update, Float.toString(rate));
    }
    all.putAll(facts);
    return all;
  }
}
