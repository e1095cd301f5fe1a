package org.espalier.pruning.report;

import java.util.Objects;

/**
 * Everything that a run which removed channels has to show.
 *
 * @param title heading of the report, not empty
 * @param setup what was run
 * @param environment what it ran on
 * @param outcome accuracies, sizes, layers and times
 * @param history what happened on the way; its sparsity is the fraction of the parameters that is
 *     gone
 * @param groups which channels went together
 */
public record StructuredReport(
    String title,
    RunSetup setup,
    Environment environment,
    StructuredOutcome outcome,
    History history,
    GroupGraph groups) {

  /** Checks that nothing is missing. */
  public StructuredReport {
    Checks.text("title", title);
    Objects.requireNonNull(setup, "setup");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(groups, "groups");
  }
}
