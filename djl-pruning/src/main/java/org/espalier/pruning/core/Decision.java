package org.espalier.pruning.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.allocation.UnitScores;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * One decision of one group, as a lifecycle sees it: what is asked for, the masks so far, and the
 * other axes as questions that it may ask. Nothing changes until the lifecycle has answered.
 */
public final class Decision {

  private final PruningGroup group;
  private final List<TensorInfo> tensors;
  private final Demand demand;
  private final PruningState state;
  private final long seed;
  private final WeightSource source;
  private final Map<String, WeightTensor> weights = new HashMap<>();
  private final Map<String, Double> notes = new TreeMap<>();

  /**
   * @param group that decides
   * @param tensors its members, in name order
   * @param demand what its schedule asks for
   * @param state masks so far, and the moment
   * @param seed of random choices
   * @param source of weights and statistics
   */
  public Decision(
      PruningGroup group,
      List<TensorInfo> tensors,
      Demand demand,
      PruningState state,
      long seed,
      WeightSource source) {
    this.group = group;
    this.tensors = List.copyOf(tensors);
    this.demand = demand;
    this.state = state;
    this.seed = seed;
    this.source = source;
  }

  /** Returns the group that decides. */
  public PruningGroup group() {
    return group;
  }

  /** Returns the group's tensors, in name order. */
  public List<TensorInfo> tensors() {
    return tensors;
  }

  /** Returns what the schedule asks for. */
  public Demand demand() {
    return demand;
  }

  /** Returns the state before the decision: masks, moment, notes. */
  public PruningState state() {
    return state;
  }

  /** Returns the seed of random choices. */
  public long seed() {
    return seed;
  }

  /** Returns the mask of a tensor so far; dense if it has none. */
  public Mask mask(TensorInfo tensor) {
    return state.mask(tensor);
  }

  /**
   * Returns a tensor's values and statistics, read once per decision.
   *
   * @throws InvalidInputException if a number is not finite
   */
  public WeightTensor weights(TensorInfo tensor) {
    return weights.computeIfAbsent(
        tensor.name(),
        name -> {
          WeightTensor read = source.read(tensor, state.masks());
          read.requireFinite();
          return read;
        });
  }

  /** Returns the scores of a tensor's units by the group's criterion, in a new array. */
  public Scores scores(TensorInfo tensor) {
    return scores(tensor, group.criterion());
  }

  /**
   * Returns the scores of a tensor's units, in a new array.
   *
   * @param criterion the group's, or one that its lifecycle has named in {@link
   *     org.espalier.pruning.core.lifecycle.Lifecycle#criteria}
   */
  public Scores scores(TensorInfo tensor, Criterion criterion) {
    Scores scores = criterion.score(weights(tensor).trackedBy(criterion));
    if (scores.firstNaN() >= 0) {
      throw new InvalidInputException(
          tensor.name(),
          "scores that are numbers",
          "NaN from the criterion '" + criterion.type() + "'",
          "check the gradients or statistics that it reads; nothing was pruned");
    }
    return group.pattern().unitScores(scores, tensor.shape(), group.aggregate());
  }

  /**
   * Returns how many units of each tensor live, by the group's allocation.
   *
   * @param candidates unit scores of each tensor, in its order; negative infinity for units that
   *     must not be chosen
   */
  public int[] kept(List<Scores> candidates) {
    List<UnitScores> units = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      int size = tensors.get(i).elements() / candidates.get(i).size();
      double divisor = group.aggregate().divisor(size);
      units.add(new UnitScores(tensors.get(i), candidates.get(i), size, divisor));
    }
    double[] sparsities = group.allocation().sparsities(demand, units);
    int[] kept = new int[sparsities.length];
    for (int i = 0; i < kept.length; i++) {
      int[] shape = tensors.get(i).shape();
      // A pattern that leaves no choice gives all tensors alike, whatever a ranking would.
      boolean fixed = group.pattern().fixedSparsity(shape).isPresent();
      double sparsity =
          fixed && demand instanceof Demand.Sparsity all ? all.sparsity() : sparsities[i];
      kept[i] = group.pattern().kept(sparsity, shape);
    }
    return kept;
  }

  /**
   * Returns the mask of the best units under the group's pattern.
   *
   * @param unitScores as {@link #scores} returns them
   * @param kept units that live
   */
  public Mask best(TensorInfo tensor, Scores unitScores, int kept) {
    return group.pattern().best(unitScores, tensor.shape(), kept);
  }

  /** Returns a number that an earlier decision of this group remembered, or the fallback. */
  public double note(String key, double fallback) {
    return state.notes().getOrDefault(group.name() + "/" + key, fallback);
  }

  /** Remembers a finite number for later decisions of this group; checkpoints keep it. */
  public void remember(String key, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("note '" + key + "' is " + value);
    }
    notes.put(group.name() + "/" + key, value);
  }

  /** Returns what was remembered in this decision. */
  Map<String, Double> notes() {
    return notes;
  }
}
