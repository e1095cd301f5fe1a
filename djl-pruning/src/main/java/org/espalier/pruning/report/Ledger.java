package org.espalier.pruning.report;

import java.util.List;
import org.espalier.pruning.core.Recovery;

/**
 * How good the network was before and after prunings, and after it recovered from each.
 *
 * @param measuredOn what the qualities were measured on, for example {@code the first 2,000 test
 *     images}; empty if there is no entry
 * @param entries steps and epochs through all phases, steps never falling; may be empty
 */
public record Ledger(String measuredOn, List<Recovery> entries) {

  /** No ledger was kept. */
  public static final Ledger NONE = new Ledger("", List.of());

  /** Copies the list, and checks that steps are in order and that it says what was measured. */
  public Ledger {
    entries = List.copyOf(entries);
    if (!entries.isEmpty()) {
      Checks.text("measuredOn", measuredOn);
    }
    History.requireOrder("ledger", entries.stream().mapToLong(Recovery::step).toArray());
  }
}
