package org.espalier.pruning.core.reconstruction;

import java.util.Collections;
import java.util.List;

/**
 * A channel that can go, and what each of its consumers reads instead.
 *
 * @param channel that goes
 * @param standIns one for each consumer
 */
public record Substitution(int channel, List<StandIn> standIns) {

  /** Copies the list. */
  public Substitution {
    standIns = List.copyOf(standIns);
  }

  /** A channel whose place another takes, as it is, everywhere. */
  public static Substitution equal(int channel, int other, int channels, int consumers) {
    return new Substitution(
        channel, Collections.nCopies(consumers, StandIn.of(channels, other, 1, 0)));
  }

  /** A channel that nothing need stand in for. */
  public static Substitution none(int channel, int channels, int consumers) {
    return new Substitution(channel, Collections.nCopies(consumers, StandIn.of(channels, 0)));
  }
}
