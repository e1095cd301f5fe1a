package org.espalier.tribuo.network;

import java.util.Optional;
import java.util.function.Supplier;

/** Remembers the epoch with the smallest validation loss and its weights. */
final class BestEpoch {

  private final int patience;
  private double smallest = Double.POSITIVE_INFINITY;
  private int epoch;
  private Snapshot snapshot;

  /**
   * @param patience epochs to go on without a smaller loss; 0 for all
   */
  BestEpoch(int patience) {
    this.patience = patience;
  }

  /** Takes a snapshot if no loss before was as small. */
  void see(int current, double loss, Supplier<Snapshot> weights) {
    if (loss < smallest) {
      smallest = loss;
      epoch = current;
      snapshot = weights.get();
    }
  }

  /** Returns whether patience is at its end. */
  boolean isLongAgo(int current) {
    return patience > 0 && snapshot != null && current - epoch >= patience;
  }

  /** Returns the epoch, from 1; empty if none was seen. */
  Optional<Integer> epoch() {
    return snapshot == null ? Optional.empty() : Optional.of(epoch);
  }

  /** Returns its weights; empty if none was seen. */
  Optional<Snapshot> snapshot() {
    return Optional.ofNullable(snapshot);
  }
}
