package org.espalier.examples.job;

import org.espalier.sparse.InvalidInputException;

/**
 * How a run survives being killed.
 *
 * @param every batches between two checkpoints, at least 1
 * @param resume whether to go on from the newest checkpoint, if there is one
 */
public record CheckpointOptions(int every, boolean resume) {

  /** Distance for a run that is resumed and does not say. */
  public static final int DEFAULT_EVERY = 500;

  /** For a run without checkpoints. */
  static final CheckpointOptions NONE = new CheckpointOptions(DEFAULT_EVERY, false);

  /** Refuses what is out of range. */
  public CheckpointOptions {
    if (every < 1) {
      throw new InvalidInputException(
          "--checkpoint-every", "at least 1", Integer.toString(every), "raise it");
    }
  }
}
