package org.espalier.pruning.djl;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.criterion.Statistic;

/**
 * Where the statistics of one group come from.
 *
 * @param group whose decisions need them
 * @param given whether batches were given beforehand: then everything is measured on those
 */
record GroupEvidence(PruningGroup group, boolean given) {

  /**
   * Returns whether the gradient is the one that the training has computed anyway. It belongs to
   * the masks before the decision, so that later rounds of a decision have no use for it.
   */
  boolean takesTrainingGradient() {
    return !given && group.evidence().rounds() == 1 && group.needs().contains(Statistic.GRADIENT);
  }

  /** Returns what collectors must measure. */
  Set<Statistic> measured() {
    Set<Statistic> measured = EnumSet.noneOf(Statistic.class);
    measured.addAll(group.needs());
    measured.remove(Statistic.INITIAL_VALUE);
    if (takesTrainingGradient()) {
      measured.remove(Statistic.GRADIENT);
    }
    return measured;
  }

  /** Returns the names of what collectors must measure, for messages. */
  String names() {
    return measured().stream().map(Statistic::key).collect(Collectors.joining(", "));
  }

  /** Returns whether collectors need a batch. */
  boolean measuresOnBatches() {
    return measured().stream().anyMatch(Statistic::needsData);
  }

  /** Returns whether copies of training batches must be kept until the decision. */
  boolean keepsBatches() {
    return !given && measuresOnBatches();
  }

  /** Returns the batches of training that a decision waits for, itself included. */
  int steps() {
    return takesTrainingGradient() || keepsBatches() ? group.evidence().batches() : 1;
  }
}
