package org.espalier.pruning.core.forward;

import java.util.SplittableRandom;

/**
 * The random numbers of one forward pass of one layer: a function of the run's seed, the
 * parameter's path, the optimizer step and the pass within it. So a run that is resumed draws what
 * the uninterrupted run would have drawn.
 */
public final class Noise {

  /** 2^64 / golden ratio, odd: neighbors differ in all bits once multiplied. */
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final SplittableRandom random;

  /**
   * @param seed of the run
   * @param path of the parameter
   * @param step optimizer steps finished; -1 for what is drawn before training
   * @param pass forward passes of this layer since the last step
   */
  public Noise(long seed, String path, long step, long pass) {
    long start = seed;
    for (int i = 0; i < path.length(); i++) {
      start = MULTIPLIER * start + path.charAt(i);
    }
    random = new SplittableRandom((MULTIPLIER * start + step) * MULTIPLIER + pass);
  }

  /** Returns numbers that are uniform on [low, high). */
  public float[] uniform(int count, double low, double high) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return numbers;
  }

  /** Returns numbers of the normal distribution with mean 0 and deviation 1. */
  public float[] normal(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
