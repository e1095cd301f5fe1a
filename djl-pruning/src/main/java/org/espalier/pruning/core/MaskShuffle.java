package org.espalier.pruning.core;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.espalier.sparse.mask.Mask;

/**
 * Layer-shuffled control: every mask is permuted within its tensor, so that each tensor keeps its
 * count and nothing else of the decision is left. Where the control does as well as the masks, the
 * criterion has found the densities of layers and not the weights.
 *
 * <p>Every permutation of a tensor is equally likely (Fisher and Yates). The random numbers depend
 * on the seed and the tensor's path alone, not on which other tensors there are. Meant for
 * unstructured masks: units of other patterns do not survive.
 *
 * <p>Source: J. Frankle, G. Dziugaite, D. Roy, M. Carbin, "Pruning Neural Networks at
 * Initialization: Why Are We Missing the Mark?", ICLR 2021, section 5; J. Su et al.,
 * "Sanity-Checking Pruning Methods: Random Tickets can Win the Jackpot", NeurIPS 2020.
 */
public final class MaskShuffle {

  /** 2^64 / golden ratio, odd: paths of equal {@link String#hashCode} still differ. */
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private MaskShuffle() {}

  /**
   * Returns shuffled masks under the same paths.
   *
   * @param masks by parameter path
   */
  public static Map<String, Mask> shuffled(Map<String, Mask> masks, long seed) {
    Map<String, Mask> shuffled = new TreeMap<>();
    masks.forEach((path, mask) -> shuffled.put(path, shuffled(path, mask, seed)));
    return shuffled;
  }

  /** Returns a mask of the same shape and count, its bits permuted. */
  private static Mask shuffled(String path, Mask mask, long seed) {
    long start = seed;
    for (int i = 0; i < path.length(); i++) {
      start = MULTIPLIER * start + path.charAt(i);
    }
    SplittableRandom random = new SplittableRandom(start);
    byte[] bits = mask.toBytes();
    for (int last = bits.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      byte bit = bits[last];
      bits[last] = bits[other];
      bits[other] = bit;
    }
    return Mask.ofBytes(bits, mask.shape());
  }
}
