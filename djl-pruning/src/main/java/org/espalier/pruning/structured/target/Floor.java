package org.espalier.pruning.structured.target;

import org.espalier.sparse.InvalidInputException;

/**
 * What is left of every group at least, and in which steps. Counts are rounded up: rather than lose
 * a part of a step, a group keeps the whole. A group of n channels keeps all n, or a multiple of
 * the step that is below n and at least the minimum.
 *
 * <p>Source of the rounding: multiples of 8 suit vector units; A. Howard et al., "Searching for
 * MobileNetV3", ICCV 2019, whose code rounds widths so (from memory).
 *
 * @param channels that stay at least, at least 1; groups that have no more lose none
 * @param multiple that counts of channels are rounded up to, at least 1
 */
public record Floor(int channels, int multiple) {

  /** One channel stays; nothing is rounded. */
  public static final Floor ONE = new Floor(1, 1);

  /** Refuses numbers below 1. */
  public Floor {
    requirePositive("min_channels", channels);
    requirePositive("multiple_of", multiple);
  }

  private static void requirePositive(String key, int value) {
    if (value < 1) {
      throw new InvalidInputException(key, "at least 1", Integer.toString(value), "correct it");
    }
  }

  /**
   * Returns how many channels of a group stay if a ranking leaves so many.
   *
   * @param left by the ranking, in [0, size]
   * @param size of the group
   */
  public int kept(int left, int size) {
    long least = Math.max(left, channels);
    long rounded = (least + multiple - 1) / multiple * multiple;
    return (int) Math.min(size, rounded);
  }
}
