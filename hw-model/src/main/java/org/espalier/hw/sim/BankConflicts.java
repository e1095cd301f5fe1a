package org.espalier.hw.sim;

import java.util.SplittableRandom;

/**
 * What a multiplier array waits for its accumulator banks: products of one step go to banks at
 * random, a bank adds one per cycle, and a step ends when all its products are in the queues.
 */
public final class BankConflicts {

  private static final int STEPS = 20_000;
  private static final long SEED = 42;

  private BankConflicts() {}

  /**
   * Returns the cycles that a full step takes on average, at least 1.
   *
   * @param products of a step, at least 1
   * @param banks at least 1
   * @param depth products that can wait before a bank, the one that is added included; at least 1
   */
  public static double cyclesPerStep(int products, int banks, int depth) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] queued = new int[banks];
    int[] waiting = new int[products];
    long cycles = 0;
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < products; i++) {
        waiting[i] = random.nextInt(banks);
      }
      int left = products;
      while (left > 0) {
        cycles++;
        left = enter(waiting, left, queued, depth);
        for (int bank = 0; bank < banks; bank++) {
          queued[bank] = Math.max(0, queued[bank] - 1);
        }
      }
    }
    return (double) cycles / STEPS;
  }

  /** Moves into the queues what fits, and returns how many are left at the front. */
  private static int enter(int[] waiting, int count, int[] queued, int depth) {
    int left = 0;
    for (int i = 0; i < count; i++) {
      int bank = waiting[i];
      if (queued[bank] < depth) {
        queued[bank]++;
      } else {
        waiting[left++] = bank;
      }
    }
    return left;
  }
}
