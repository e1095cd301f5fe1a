package org.espalier.examples.bench;

import org.espalier.sparse.InvalidInputException;

/**
 * How long a measurement takes.
 *
 * @param warmUpMs for each side of a row, at least; twice as long where a kernel is new
 * @param rounds in which the sides take turns, at least 1
 * @param timedCalls of each side in a round, after one that is not timed; at least 1
 */
public record Effort(int warmUpMs, int rounds, int timedCalls) {

  /** Compilers take 0.3 to 3 s for a new kernel; 13 rounds of 4 calls are 52 samples. */
  public static final Effort DEFAULT = new Effort(700, 13, 4);

  /** Samples are kept, and a median of more says no more. */
  private static final int MOST_ROUNDS = 10_000;

  /** Checks the ranges. */
  public Effort {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new InvalidInputException(
          "--rounds", "1 to " + MOST_ROUNDS, Integer.toString(rounds), "13 give steady medians");
    }
    if (warmUpMs < 0 || timedCalls < 1) {
      throw new IllegalArgumentException("no effort: " + warmUpMs + " ms, " + timedCalls);
    }
  }

  /** Returns the same with another number of rounds. */
  public Effort withRounds(int other) {
    return new Effort(warmUpMs, other, timedCalls);
  }
}
