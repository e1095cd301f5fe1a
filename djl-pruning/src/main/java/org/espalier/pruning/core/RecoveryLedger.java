package org.espalier.pruning.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.espalier.sparse.InvalidInputException;

/**
 * Writes down how good a network is before and after each change of its masks, and after the
 * recovery. A decision that changes no mask is no entry, and the recovery before it goes on.
 *
 * <p>An entry costs two or three examinations: where every change is entered, the end of one
 * recovery is the begin of the next entry. At most one examination is in vain per decision that
 * changes nothing.
 */
public final class RecoveryLedger {

  private final int every;
  private final Supplier<Quality> examination;
  private final List<Recovery> closed = new ArrayList<>();
  private Recovery open;
  private long changes;
  private PruningState stateBefore;
  private Quality before;

  /**
   * @param every how many changes of the masks there are per entry, at least 1; the first change is
   *     entered
   * @param examination how good the network is now; must leave it as it is
   */
  public RecoveryLedger(int every, Supplier<Quality> examination) {
    if (every < 1) {
      throw new InvalidInputException(
          "ledger",
          "an entry for every k-th change, k at least 1",
          Integer.toString(every),
          "1 enters each change");
    }
    this.every = every;
    this.examination = examination;
  }

  /** A decision comes; masks and weights are still as they were. */
  public void decisionComes(PruningState state) {
    stateBefore = state;
    before = open != null || entersNext() ? examination.get() : null;
  }

  /**
   * A decision was taken, and the weights are masked by it.
   *
   * @param state after it
   * @param tensors all that the recipe prunes
   */
  public void decisionTaken(PruningState state, List<TensorInfo> tensors) {
    if (tensors.stream().anyMatch(t -> !state.mask(t).equals(stateBefore.mask(t)))) {
      close(state.time().step(), before);
      if (entersNext()) {
        open = entry(state, tensors);
      }
      changes++;
    }
    stateBefore = null;
    before = null;
  }

  private boolean entersNext() {
    return changes % every == 0;
  }

  private Recovery entry(PruningState state, List<TensorInfo> tensors) {
    return new Recovery(
        state.time().step(),
        state.time().epoch() + 1,
        stateBefore.sparsity(tensors),
        state.sparsity(tensors),
        before,
        examination.get(),
        null,
        null);
  }

  /** The training is over: examines the last recovery. */
  public void trainingEnds(TrainingTime time) {
    if (open != null) {
      close(time.step(), examination.get());
    }
  }

  private void close(long step, Quality recovered) {
    if (open != null) {
      closed.add(open.recovered(step, recovered));
      open = null;
    }
  }

  /** Returns the entries so far, in order; the last may still be recovering. */
  public List<Recovery> entries() {
    List<Recovery> entries = new ArrayList<>(closed);
    if (open != null) {
      entries.add(open);
    }
    return List.copyOf(entries);
  }
}
