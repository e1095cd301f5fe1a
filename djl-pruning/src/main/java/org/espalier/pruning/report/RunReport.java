package org.espalier.pruning.report;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Everything that one pruning run has to show. Totals are derived from the parts, so that a report
 * cannot contradict itself.
 *
 * @param title heading of the report, not empty
 * @param setup what was run
 * @param environment what it ran on
 * @param outcome accuracies, layers and times
 * @param history what happened on the way
 * @param masks the pictures to show, in network order, no name twice; may be empty
 * @param machines what hardware models say; may be {@link MachineReports#NONE}
 */
public record RunReport(
    String title,
    RunSetup setup,
    Environment environment,
    Outcome outcome,
    History history,
    List<MaskPicture> masks,
    MachineReports machines) {

  /** Checks that nothing is missing and that no mask is named twice. */
  public RunReport {
    Checks.text("title", title);
    Objects.requireNonNull(setup, "setup");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(machines, "machines");
    masks = List.copyOf(masks);
    Set<String> names = new HashSet<>();
    for (MaskPicture mask : masks) {
      if (!names.add(mask.name())) {
        throw new IllegalArgumentException("two masks are named '" + mask.name() + "'");
      }
    }
  }
}
