package org.espalier.pruning.core.criterion;

import java.nio.charset.StandardCharsets;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * The control: the score of weight i is uniform on [0, 1), a function of the run's seed, the
 * tensor's name and i alone. In 64-bit arithmetic that wraps around:
 *
 * <ol>
 *   <li>h = 0xcbf29ce484222325; for each byte b of the name in UTF-8: h = (h xor b) 0x100000001b3
 *       (FNV-1a)
 *   <li>z = (seed xor h) + (i + 1) 0x9e3779b97f4a7c15, i = row-major index from 0
 *   <li>z = (z xor (z >>> 30)) 0xbf58476d1ce4e5b9; z = (z xor (z >>> 27)) 0x94d049bb133111eb; z = z
 *       xor (z >>> 31) (the SplitMix64 of G. Steele, D. Lea, C. Flood, "Fast splittable
 *       pseudorandom number generators", OOPSLA 2014, as S. Vigna published it)
 *   <li>score = (z >>> 11) 2^-53
 * </ol>
 *
 * <p>Every decision of a run draws the same scores, so that pruned sets grow. Source: T. Gale, E.
 * Elsen, S. Hooker, "The State of Sparsity in Deep Neural Networks", 2019, section 3 (random
 * pruning as a baseline). Shape plays no part.
 */
public enum Random implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "random";
  }

  @Override
  public Scores score(WeightTensor tensor) {
    return Scores.of(draws(tensor.seed(), tensor.name(), tensor.weights().size()));
  }

  /** Returns the first {@code count} numbers of a seed and a name: steps 1 to 4 above. */
  public static double[] draws(long seed, String name, int count) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    double[] draws = new double[count];
    long state = seed ^ hash;
    for (int i = 0; i < draws.length; i++) {
      draws[i] = (mix(state + (i + 1) * 0x9e3779b97f4a7c15L) >>> 11) * 0x1p-53;
    }
    return draws;
  }

  /** Returns z after the shifts and multiplications of step 3. */
  public static long mix(long z) {
    long mixed = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
