package org.espalier.pruning.structured.criterion;

import org.espalier.pruning.structured.ChannelGroup;

/**
 * The scores of a group's channels: the higher, the more it matters.
 *
 * @param group of channels
 * @param scores one per channel, finite; not copied
 * @param divisor what scores are divided by to compare with groups whose channels have another
 *     number of weights, as {@link org.espalier.sparse.pattern.Aggregate#divisor} says; above 0
 */
public record GroupScores(ChannelGroup group, double[] scores, double divisor) {

  /** Refuses another number of scores than of channels. */
  public GroupScores {
    if (scores.length != group.size()) {
      throw new IllegalArgumentException(
          group.name() + ": " + scores.length + " scores of " + group.size() + " channels");
    }
  }
}
