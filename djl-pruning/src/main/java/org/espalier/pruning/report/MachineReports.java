package org.espalier.pruning.report;

import java.util.List;
import java.util.Objects;

/**
 * What hardware models say of the pruned network.
 *
 * @param input what ran through it, such as "one image"
 * @param reports one per machine; may be empty
 */
public record MachineReports(String input, List<MachineReport> reports) {

  /** No machine was modelled. */
  public static final MachineReports NONE = new MachineReports("", List.of());

  /** Copies the list. */
  public MachineReports {
    Objects.requireNonNull(input, "input");
    reports = List.copyOf(reports);
  }
}
