package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.optimizer.Optimizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.forward.BackwardSets;
import org.espalier.pruning.djl.forward.ForwardWeights;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * The decisions of one session: gathers what they look at, asks the core, and writes the weights of
 * survivors that compensate. It holds no array between decisions.
 */
final class Decisions implements AutoCloseable {

  private final Trainer trainer;
  private final Recipe recipe;
  private final EvidenceSetup setup;
  private final List<GroupEvidence> groups;
  private final boolean keepsBatches;
  private EvidenceSource.Run run;
  private Optional<LearningRate> learningRate = Optional.empty();
  private Gathering gathering;

  Decisions(Trainer trainer, Recipe recipe, EvidenceSetup setup) {
    this.trainer = trainer;
    this.recipe = recipe;
    this.setup = setup;
    this.groups = recipe.groups().stream().map(setup::of).toList();
    this.keepsBatches = groups.stream().anyMatch(GroupEvidence::keepsBatches);
  }

  /** The parameters exist, with their values from the begin. */
  void bind(
      Binding binding, Mirrors mirrors, ForwardWeights forward, Optional<Optimizer> optimizer) {
    setup.requireServes(recipe);
    if (Tracks.neededBy(recipe)) {
      learningRate = Optional.of(new LearningRate(optimizer.orElse(null)));
    }
    Map<String, float[]> initialValues = new HashMap<>();
    for (int g = 0; g < groups.size(); g++) {
      PruningGroup group = groups.get(g).group();
      if (group.needs().contains(Statistic.INITIAL_VALUE) || group.update().needsInitialValues()) {
        for (TensorInfo tensor : binding.members().get(g)) {
          initialValues.put(tensor.name(), mirrors.values(tensor.name()));
        }
      }
    }
    run = new EvidenceSource.Run(binding, mirrors, forward, setup, initialValues, new Tracks());
  }

  /** A batch was trained on; a copy is kept if a decision is due that measures on it. */
  void see(TrainingTime now, Batch batch) {
    if (keepsBatches && gathers(now)) {
      gathering.see(batch, trainer.getModel().getNDManager());
    }
  }

  private boolean gathers(TrainingTime now) {
    if (gathering == null && recipe.updatesAt(now)) {
      gathering =
          new Gathering(
              now, groups.stream().filter(g -> g.group().schedule().updatesAt(now)).toList());
    }
    return gathering != null;
  }

  /**
   * Gradients of a step are complete.
   *
   * @return whether a decision that is due must see more batches, so that weights must stand still
   */
  boolean waits(TrainingTime now) {
    try {
      return gathers(now) && !gathering.finishStep(run.binding(), run.mirrors());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Shows the step to criteria that watch training; comes before a decision of the same step. */
  void track() {
    learningRate.ifPresent(rate -> run.tracks().update(run.binding(), run.mirrors(), rate));
  }

  /** Returns the moment of the decision that is due now; empty if none is. */
  Optional<TrainingTime> due() {
    return Optional.ofNullable(gathering).map(Gathering::moment);
  }

  /** Decides what is due, and lets survivors compensate on every device. */
  Decided decide(PruningState state) {
    try {
      PruningState before = state.at(gathering.moment());
      EvidenceSource source =
          new EvidenceSource(run, gathering, trainer.getModel().getBlock(), trainer.getLoss());
      PruningState after = Pruner.next(run.binding(), before, source);
      Map<String, float[]> values = Pruner.compensate(run.binding(), before, after, source);
      values.forEach(Decisions::requireFinite);
      values.forEach(run.mirrors()::write);
      Map<String, Mask> backward = BackwardSets.of(run.binding(), before, after, source);
      return new Decided(after.at(state.time()), backward);
    } finally {
      close();
    }
  }

  private static void requireFinite(String path, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidInputException(
            path,
            "finite weights after compensation",
            Float.toString(value),
            "look at more batches, or leave the compensation out; nothing was pruned");
      }
    }
  }

  /** Goes on from numbers of another time; what was gathered since is forgotten. */
  void restore(Map<String, double[]> tracks, Map<String, float[]> initialValues) {
    close();
    run.tracks().restore(tracks);
    run.initialValues().clear();
    initialValues.forEach((path, values) -> run.initialValues().put(path, values.clone()));
  }

  /** Returns the numbers of tracking criteria by path; empty before the first step. */
  Map<String, double[]> tracks() {
    return run == null ? Map.of() : run.tracks().numbers();
  }

  /** Returns the values from the begin by path, where a criterion or a rule needs them. */
  Map<String, float[]> initialValues() {
    return run == null ? Map.of() : run.initialValues();
  }

  /** Returns the copies of batches that are kept now. */
  List<NDArray> keptArrays() {
    return gathering == null ? List.of() : gathering.keptArrays();
  }

  /** Forgets the evidence gathered so far. */
  @Override
  public void close() {
    if (gathering != null) {
      gathering.close();
      gathering = null;
    }
  }
}
