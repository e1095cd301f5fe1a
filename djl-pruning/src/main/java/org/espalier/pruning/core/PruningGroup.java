package org.espalier.pruning.core;

import java.util.List;
import java.util.Objects;
import org.espalier.pruning.core.allocation.Allocation;
import org.espalier.pruning.core.allocation.Uniform;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Magnitude;
import org.espalier.pruning.core.lifecycle.Lifecycle;
import org.espalier.pruning.core.lifecycle.Prune;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/**
 * A set of parameters that are pruned together, and how: one value for each of the five axes.
 *
 * @param name for messages and reports, unique in its recipe
 * @param include globs on parameter paths; empty = all that are prunable by default. A glob may
 *     also name a bias, a norm or an embedding
 * @param exclude globs on parameter paths that are left alone
 * @param pattern where zeros may be
 * @param criterion which weights matter
 * @param allocation how the sparsity is spread over the tensors
 * @param schedule how much, and when
 * @param lifecycle what may happen to a weight over time
 */
public record PruningGroup(
    String name,
    List<String> include,
    List<String> exclude,
    SparsityPattern pattern,
    Criterion criterion,
    Allocation allocation,
    Schedule schedule,
    Lifecycle lifecycle) {

  /** Copies the lists and refuses nulls. */
  public PruningGroup {
    Objects.requireNonNull(name, "name");
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    Objects.requireNonNull(pattern, "pattern");
    Objects.requireNonNull(criterion, "criterion");
    Objects.requireNonNull(allocation, "allocation");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(lifecycle, "lifecycle");
  }

  /**
   * Starts a group with the usual choices: all prunable parameters, unstructured, magnitude,
   * uniform, permanent pruning.
   *
   * @param schedule how much, and when
   */
  public static Builder builder(Schedule schedule) {
    return new Builder(schedule);
  }

  /** Collects the parts of a group. */
  public static final class Builder {

    private final Schedule schedule;
    private String name = "weights";
    private List<String> include = List.of();
    private List<String> exclude = List.of();
    private SparsityPattern pattern = Unstructured.INSTANCE;
    private Criterion criterion = Magnitude.INSTANCE;
    private Allocation allocation = Uniform.INSTANCE;
    private Lifecycle lifecycle = Prune.INSTANCE;

    private Builder(Schedule schedule) {
      this.schedule = schedule;
    }

    /** Sets the name for messages and reports. */
    public Builder optName(String name) {
      this.name = name;
      return this;
    }

    /** Sets the globs of the parameters to prune. */
    public Builder optInclude(String... globs) {
      this.include = List.of(globs);
      return this;
    }

    /** Sets the globs of the parameters to leave alone. */
    public Builder optExclude(String... globs) {
      this.exclude = List.of(globs);
      return this;
    }

    /** Sets where zeros may be. */
    public Builder optPattern(SparsityPattern pattern) {
      this.pattern = pattern;
      return this;
    }

    /** Sets which weights matter. */
    public Builder optCriterion(Criterion criterion) {
      this.criterion = criterion;
      return this;
    }

    /** Sets how the sparsity is spread over the tensors. */
    public Builder optAllocation(Allocation allocation) {
      this.allocation = allocation;
      return this;
    }

    /** Sets what may happen to a weight over time. */
    public Builder optLifecycle(Lifecycle lifecycle) {
      this.lifecycle = lifecycle;
      return this;
    }

    /** Returns the group. */
    public PruningGroup build() {
      return new PruningGroup(
          name, include, exclude, pattern, criterion, allocation, schedule, lifecycle);
    }
  }
}
