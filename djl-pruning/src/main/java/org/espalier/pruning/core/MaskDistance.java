package org.espalier.pruning.core;

import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * How different two decisions about one network are: the normalized Hamming distance, the share of
 * weights that live under one set of masks and not under the other.
 *
 * <p>Source: H. You et al., "Drawing Early-Bird Tickets: Towards More Efficient Training of Deep
 * Networks", ICLR 2020, section 3.3 (the mask distance).
 */
public final class MaskDistance {

  private MaskDistance() {}

  /**
   * Returns differing weights / all weights, in [0, 1]; 0 if there are no masks.
   *
   * @param first by parameter path
   * @param second of the same paths and shapes
   * @throws InvalidInputException if the two do not belong to the same parameters
   */
  public static double between(Map<String, Mask> first, Map<String, Mask> second) {
    long elements = first.values().stream().mapToLong(Mask::elements).sum();
    long differing = differing(first, second);
    return elements == 0 ? 0 : (double) differing / elements;
  }

  /**
   * Returns the exact number of weights that live under one of the two and not under the other.
   *
   * @param first by parameter path
   * @param second of the same paths and shapes
   * @throws InvalidInputException if the two do not belong to the same parameters
   */
  public static long differing(Map<String, Mask> first, Map<String, Mask> second) {
    if (!first.keySet().equals(second.keySet())) {
      throw new InvalidInputException(
          "masks",
          "masks of " + first.keySet(),
          second.keySet().toString(),
          "compare decisions about the same parameters");
    }
    long differing = 0;
    for (Map.Entry<String, Mask> entry : first.entrySet()) {
      Mask a = entry.getValue();
      Mask b = second.get(entry.getKey());
      differing += a.keptCount() + b.keptCount() - 2L * a.and(b).keptCount();
    }
    return differing;
  }
}
