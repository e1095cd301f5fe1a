package org.espalier.pruning.core;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.espalier.pruning.core.allocation.Allocation;
import org.espalier.pruning.core.allocation.Uniform;
import org.espalier.pruning.core.compensation.Compensation;
import org.espalier.pruning.core.compensation.None;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Magnitude;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.forward.Forward;
import org.espalier.pruning.core.forward.Stored;
import org.espalier.pruning.core.lifecycle.Lifecycle;
import org.espalier.pruning.core.lifecycle.Prune;
import org.espalier.pruning.core.regularizer.Regularizer;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.update.Plain;
import org.espalier.pruning.core.update.UpdateRule;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/**
 * A set of parameters that are pruned together, and how: one value for each of the axes.
 *
 * @param name for messages and reports, unique in its recipe
 * @param include globs on parameter paths; empty = all that are prunable by default. A glob may
 *     also name a bias, a norm or an embedding
 * @param exclude globs on parameter paths that are left alone
 * @param pattern where zeros may be
 * @param aggregate how scores of weights become scores of the pattern's units
 * @param criterion which weights matter
 * @param allocation how the sparsity is spread over the tensors
 * @param schedule how much, and when
 * @param lifecycle what may happen to a weight over time
 * @param compensation how survivors make up for those that die
 * @param evidence how much a decision looks at
 * @param forward what layers compute with
 * @param update what happens around the optimizer's update
 * @param regularizers penalties on the group's weights
 */
public record PruningGroup(
    String name,
    List<String> include,
    List<String> exclude,
    SparsityPattern pattern,
    Aggregate aggregate,
    Criterion criterion,
    Allocation allocation,
    Schedule schedule,
    Lifecycle lifecycle,
    Compensation compensation,
    Evidence evidence,
    Forward forward,
    UpdateRule update,
    List<Regularizer> regularizers) {

  /** Far enough to write 0.667 for 2/3, too near for another N:M. */
  private static final double FIXED_TOLERANCE = 1e-3;

  /** Copies the lists; refuses nulls and a sparsity that the pattern cannot have. */
  public PruningGroup {
    Objects.requireNonNull(name, "name");
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    Objects.requireNonNull(pattern, "pattern");
    Objects.requireNonNull(aggregate, "aggregate");
    Objects.requireNonNull(criterion, "criterion");
    Objects.requireNonNull(allocation, "allocation");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(lifecycle, "lifecycle");
    Objects.requireNonNull(compensation, "compensation");
    Objects.requireNonNull(evidence, "evidence");
    Objects.requireNonNull(forward, "forward");
    Objects.requireNonNull(update, "update");
    regularizers = List.copyOf(regularizers);
    lifecycle.requireFits(schedule);
    lifecycle.requireFits(pattern);
    ForwardFits.require(forward, lifecycle, compensation);
    forward.requireFits(pattern, schedule);
    regularizers.forEach(penalty -> penalty.requireFits(pattern));
    pattern
        .fixedSparsity()
        .ifPresent(fixed -> requireFixed(fixed, "every tensor", pattern, allocation, schedule));
  }

  /**
   * Refuses a tensor that the pattern does not divide, or to which it gives another sparsity than
   * the schedule's.
   */
  void requireFits(TensorInfo tensor) {
    pattern.requireFits(tensor.name(), tensor.shape());
    pattern
        .fixedSparsity(tensor.shape())
        .ifPresent(fixed -> requireFixed(fixed, tensor.name(), pattern, allocation, schedule));
  }

  private static void requireFixed(
      double fixed,
      String tensor,
      SparsityPattern pattern,
      Allocation allocation,
      Schedule schedule) {
    if (!schedule.hasTarget()) {
      return;
    }
    if (Math.abs(schedule.target() - fixed) > FIXED_TOLERANCE) {
      throw new InvalidInputException(
          "schedule.target",
          "%s, the sparsity of %s under %s".formatted(fixed, tensor, pattern.text()),
          Double.toString(schedule.target()),
          "set the target to that, or choose another pattern");
    }
    if (allocation.prescribesDensities()) {
      throw new InvalidInputException(
          "allocation",
          "uniform or global: %s leaves every tensor the same density".formatted(pattern.text()),
          "'" + allocation.type() + "'",
          "choose one of them, or another pattern");
    }
  }

  /** Returns all criteria that decisions of this group rank by, the group's own first. */
  public List<Criterion> criteria() {
    return Stream.concat(Stream.of(criterion), lifecycle.criteria().stream()).distinct().toList();
  }

  /** Returns the statistics that decisions of this group need. */
  public Set<Statistic> needs() {
    Set<Statistic> needs = EnumSet.noneOf(Statistic.class);
    criteria().forEach(c -> needs.addAll(c.needs()));
    needs.addAll(compensation.needs());
    return Collections.unmodifiableSet(needs);
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
    private Aggregate aggregate = Aggregate.SUM;
    private Compensation compensation = None.INSTANCE;
    private Evidence evidence = Evidence.DEFAULT;
    private Forward forward = Stored.INSTANCE;
    private UpdateRule update = Plain.INSTANCE;
    private List<Regularizer> regularizers = List.of();

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

    /** Sets how scores of weights become scores of the pattern's units. */
    public Builder optAggregate(Aggregate aggregate) {
      this.aggregate = aggregate;
      return this;
    }

    /** Sets how survivors make up for those that die. */
    public Builder optCompensation(Compensation compensation) {
      this.compensation = compensation;
      return this;
    }

    /** Sets how much a decision looks at. */
    public Builder optEvidence(Evidence evidence) {
      this.evidence = evidence;
      return this;
    }

    /** Sets what layers compute with. */
    public Builder optForward(Forward forward) {
      this.forward = forward;
      return this;
    }

    /** Sets what happens around the optimizer's update. */
    public Builder optUpdate(UpdateRule update) {
      this.update = update;
      return this;
    }

    /** Sets the penalties on the group's weights. */
    public Builder optRegularizers(Regularizer... regularizers) {
      this.regularizers = List.of(regularizers);
      return this;
    }

    /** Returns the group. */
    public PruningGroup build() {
      return new PruningGroup(
          name,
          include,
          exclude,
          pattern,
          aggregate,
          criterion,
          allocation,
          schedule,
          lifecycle,
          compensation,
          evidence,
          forward,
          update,
          regularizers);
    }
  }
}
