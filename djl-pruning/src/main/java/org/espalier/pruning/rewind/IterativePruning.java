package org.espalier.pruning.rewind;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.sparse.InvalidInputException;

/**
 * Iterative pruning with rewinding: train, prune some of what lives, go back, train again. Lottery
 * tickets, late rewinding, learning-rate rewinding, fine-tuning and two controls differ in nothing
 * but their {@link Rewind}; all that are trained at one level share its masks.
 *
 * <p>Every part is a {@link Stage} in a folder: {@code origin-K}, the dense training after K steps;
 * {@code level-00}, its end; per round {@code level-NN-mask}, the decision, {@code level-NN}, the
 * training whose weights the next round prunes, and {@code level-NN-LABEL}, the branches. A run
 * that was stopped goes on with the first stage that is missing, and a stage reads files alone: so
 * the result is the same. A folder of other settings is refused.
 *
 * <p>Source: J. Frankle, M. Carbin, "The Lottery Ticket Hypothesis: Finding Sparse, Trainable
 * Neural Networks", ICLR 2019, section 1 and appendix B (iterative pruning with resetting); further
 * sources at each {@link Rewind}.
 */
public final class IterativePruning {

  /** Figure: the task's judgement of a trained network. */
  public static final String ACCURACY = "accuracy";

  /** Figure: the judgement right after pruning and rewinding, before any step. */
  public static final String ACCURACY_BEFORE = "accuracy_before";

  /** Figure: optimizer steps of the stage. */
  public static final String STEPS = "steps";

  /** Figure: weights that live, of those that the recipe prunes. */
  public static final String KEPT = "kept";

  /** Figure: weights that the recipe prunes, dead or alive. */
  public static final String ELEMENTS = "elements";

  /** Figure: zeros / elements. */
  public static final String SPARSITY = "sparsity";

  /** File with the masks of a decision. */
  public static final String MASKS_FILE = "masks.npz";

  /** File with everything that a trained network needs to be trained on, masks included. */
  public static final String SNAPSHOT_FILE = "training.snapshot";

  private final RewindPlan plan;
  private final RunStages stages;

  /**
   * Prepares a run; nothing is trained yet.
   *
   * @param folder of the stages, created if need be
   * @throws InvalidInputException if a criterion looks at more than weights, or something goes back
   *     to a step that the task does not have
   */
  public IterativePruning(TrainingTask task, RewindPlan plan, Path folder) {
    this.plan = plan;
    this.stages = new RunStages(task, plan, folder);
  }

  /**
   * Does what is not done yet.
   *
   * @return all levels, the dense one first
   * @throws InvalidInputException if the folder holds stages of other settings, or the recipe does
   *     not fit the network
   * @throws IOException if the task's data cannot be read
   */
  public List<Level> run() throws IOException {
    List<Level> levels = new ArrayList<>();
    levels.add(new Level(0, Optional.empty(), stages.dense(), new TreeMap<>()));
    for (int round = 1; round <= plan.rounds(); round++) {
      levels.add(next(levels.get(round - 1)));
    }
    return levels;
  }

  private Level next(Level before) throws IOException {
    int level = before.rounds() + 1;
    Stage decided = stages.decision(before);
    Stage trained = stages.training(before, decided, plan.chain(), Optional.empty());
    SortedMap<String, Stage> branches = new TreeMap<>();
    for (Rewind way : plan.branches().getOrDefault(level, List.of())) {
      branches.put(way.label(), stages.training(before, decided, way, Optional.of(way.label())));
    }
    return new Level(level, Optional.of(decided), trained, branches);
  }
}
