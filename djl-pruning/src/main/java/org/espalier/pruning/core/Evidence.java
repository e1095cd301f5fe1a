package org.espalier.pruning.core;

import org.espalier.sparse.InvalidInputException;

/**
 * How much a decision looks at before it is taken.
 *
 * @param batches training batches that statistics are collected over; weights stand still meanwhile
 * @param rounds parts that a decision is taken in: the sparsity rises geometrically, and every
 *     round scores the network as the one before left it
 */
public record Evidence(int batches, int rounds) {

  /** One batch, one round. */
  public static final Evidence DEFAULT = new Evidence(1, 1);

  /** Refuses counts below 1. */
  public Evidence {
    requirePositive("batches", batches);
    requirePositive("rounds", rounds);
  }

  private static void requirePositive(String key, int count) {
    if (count < 1) {
      throw new InvalidInputException(key, "at least 1", Integer.toString(count), "correct it");
    }
  }
}
