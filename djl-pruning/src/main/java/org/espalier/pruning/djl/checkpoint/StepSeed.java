package org.espalier.pruning.djl.checkpoint;

import ai.djl.engine.Engine;

/**
 * The random state of a step. The generator of libtorch cannot be read through DJL, so it is seeded
 * anew before each epoch, batch and validation; the random state then <em>is</em> the seed and the
 * position.
 *
 * <p>The hash is the finalizer of SplitMix64 over each number in turn: G. Steele, D. Lea, C. Flood,
 * "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, figure 16 (variant 13 of D.
 * Stafford); constants from memory, any good mix would do.
 *
 * @param seed of the run
 */
record StepSeed(long seed) {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Seeds the engine for the order of an epoch's batches, whichever comes first. */
  void beforeEpoch(Engine engine, TrainingPosition position) {
    engine.setRandomSeed(hash(position.epoch(), -2));
  }

  /** Seeds the engine for a batch. */
  void beforeBatch(Engine engine, TrainingPosition position) {
    engine.setRandomSeed(hash(position.epoch(), position.batch()));
  }

  /** Seeds the engine for the validation after an epoch. */
  void beforeValidation(Engine engine, TrainingPosition position) {
    engine.setRandomSeed(hash(position.epoch(), -1));
  }

  /** Returns 32 bits, the width that DJL's engines take. */
  int hash(long epoch, long batch) {
    return (int) (mix(mix(mix(seed) + epoch) + batch) >>> 32);
  }

  private static long mix(long number) {
    long z = number + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
