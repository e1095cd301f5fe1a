package org.espalier.pruning.djl;

import java.util.Map;

/**
 * Numbers that a part of a session needs to go on, besides weights, masks and the state of the
 * optimizer: learned thresholds, gates, counters. A session that is given one (see {@link
 * PruningSession#carry}) takes it into its checkpoints.
 */
public interface Carried {

  /** Returns the name under which the numbers are kept, unique in a session. */
  String name();

  /** Returns copies of all that is needed, by names of its own choice; empty if nothing yet. */
  Map<String, float[]> numbers();

  /**
   * Goes on from numbers that {@link #numbers} returned, perhaps in another process.
   *
   * @param numbers empty if there was nothing yet
   */
  void restore(Map<String, float[]> numbers);
}
