package org.espalier.hw.sim;

import java.util.Arrays;

/**
 * Processing elements that are sent the same columns, in order, at most one a cycle. Each has a
 * queue of D columns and works on them one after the other; no column is sent while any queue is
 * full. With w the cycles that element k needs for its part of column j, b the cycle in which the
 * column is sent and f that in which the part is done,
 *
 * <pre>
 * b(j) = max(b(j-1) + 1, max over k of f(k, j-D))
 * f(k,j) = max(f(k,j-1), b(j)) + w(k,j)
 * </pre>
 *
 * <p>A part without entries takes one cycle, in which the element reads its pointers.
 *
 * <p>Source: S. Han et al., "EIE: Efficient Inference Engine on Compressed Deep Neural Network",
 * ISCA 2016, section 4 (the central control unit broadcasts unless a queue is full). The recurrence
 * restates that text; the cycle of an empty part is inferred from the published times.
 */
public final class BroadcastQueue {

  private final int elements;
  private final long[] done;
  private final long[] allDone;
  private int next;
  private long sent;
  private long last;

  /**
   * @param elements that share the broadcast, at least 1
   * @param depth columns that a queue holds, the one at work included, at least 1
   */
  public BroadcastQueue(int elements, int depth) {
    this.elements = elements;
    this.done = new long[elements];
    this.allDone = new long[depth];
    restart();
  }

  /** Empties the queues and begins at cycle 0. */
  public void restart() {
    Arrays.fill(done, 0);
    Arrays.fill(allDone, 0);
    next = 0;
    sent = -1;
    last = 0;
  }

  /**
   * Sends a column.
   *
   * @param entries of each element, as many as there are elements, from {@code from} on
   */
  public void send(int[] entries, int from) {
    // allDone[next] is when the column D places before this one had left all queues.
    long now = Math.max(sent + 1, allDone[next]);
    long latest = 0;
    for (int k = 0; k < elements; k++) {
      long end = Math.max(done[k], now) + Math.max(entries[from + k], 1);
      done[k] = end;
      latest = Math.max(latest, end);
    }
    allDone[next] = latest;
    next = next + 1 == allDone.length ? 0 : next + 1;
    sent = now;
    last = latest;
  }

  /** Returns the cycles until all elements are done with all that was sent. */
  public long cycles() {
    return last;
  }
}
