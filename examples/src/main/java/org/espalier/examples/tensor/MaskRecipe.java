package org.espalier.examples.tensor;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.allocation.Allocation;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.allocation.Threshold;
import org.espalier.pruning.core.criterion.Criteria;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.TensorHeader;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;

/** The recipe of one decision, made of the options of {@code espalier mask}. */
final class MaskRecipe {

  /** Where a constructor speaks of a recipe's key, the user must read of the option. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "pattern", "--pattern",
          "aggregate", "--aggregate",
          "allocation", "--allocation",
          "target", "--sparsity",
          "schedule.target", "--sparsity");

  private final SparsityPattern pattern;
  private final Aggregate aggregate;
  private final Criterion criterion;
  private final Allocation allocation;
  private final MaskOptions options;

  /**
   * Reads the options that need no file.
   *
   * @throws InvalidInputException if one does not hold, naming the option
   */
  MaskRecipe(MaskOptions options) {
    this.options = options;
    pattern = named(() -> SparsityPattern.parse(options.pattern()));
    aggregate = named(() -> Aggregate.parse(options.aggregate()));
    criterion = ComponentText.read("--criterion", options.criterion(), Criteria.REGISTRY);
    allocation = ComponentText.read("--allocation", options.allocation(), Allocations.REGISTRY);
    options.sparsity().ifPresent(sparsity -> named(() -> schedule(sparsity)));
    if (options.sparsity().isPresent() && pattern.fixedSparsity().isPresent()) {
      of(options.sparsity().get());
    }
  }

  Criterion criterion() {
    return criterion;
  }

  /**
   * Returns the recipe for these tensors.
   *
   * @throws InvalidInputException if the sparsity is missing, or the pattern cannot have it
   */
  Recipe of(List<TensorHeader> tensors) {
    // What the pattern gives a tensor depends on its shape; the binding checks all of them.
    TensorHeader first = tensors.get(0);
    pattern.requireFits(first.name(), first.shape());
    double sparsity =
        options.sparsity().orElse(pattern.fixedSparsity(first.shape()).orElse(unlimited()));
    if (Double.isNaN(sparsity)) {
      throw new InvalidInputException(
          "--sparsity",
          "a fraction of zeros in [0, 1): " + pattern.text() + " leaves the choice",
          "none",
          "give one, for example --sparsity 0.9");
    }
    return of(sparsity);
  }

  /** A threshold decides by itself; a sparsity only limits it. No other choice does without one. */
  private double unlimited() {
    return allocation instanceof Threshold ? Math.nextDown(1.0) : Double.NaN;
  }

  private Recipe of(double sparsity) {
    PruningGroup group =
        named(
            () ->
                PruningGroup.builder(schedule(sparsity))
                    .optPattern(pattern)
                    .optAggregate(aggregate)
                    .optCriterion(criterion)
                    .optAllocation(allocation)
                    .build());
    return Recipe.of(group).withSeed(options.seed());
  }

  private static OneShot schedule(double sparsity) {
    return new OneShot(sparsity, Timing.Unit.STEP, 0);
  }

  /** Runs what speaks of a recipe's keys; its errors name the options instead. */
  static <T> T named(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          OPTIONS.getOrDefault(e.place(), e.place()), e.expected(), e.found(), e.remedy(), e);
    }
  }
}
