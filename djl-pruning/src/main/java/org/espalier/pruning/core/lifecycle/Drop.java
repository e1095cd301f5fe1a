package org.espalier.pruning.core.lifecycle;

import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.sparse.mask.Scores;

/** Which of the living units {@link DropGrow} drops. */
public sealed interface Drop permits DropLowest, DropPerSign, DropBelow, DropSignFlips {

  /** Returns the value of the key {@code drop}. */
  String text();

  /** Returns the fraction of the living that is dropped, or aimed at. */
  Fraction fraction();

  /** Returns the keys that it reads besides {@code drop}. */
  default Map<String, Object> parameters() {
    return fraction().parameters();
  }

  /** Returns whether it looks at single weights, so that larger units make no sense. */
  default boolean needsSingleWeights() {
    return false;
  }

  /** Returns the criteria that it asks besides the group's. */
  default List<Criterion> criteria() {
    return List.of();
  }

  /**
   * Returns how many units of a tensor stay: the best by {@code living}.
   *
   * @param living scores of the units by the group's criterion, the dead excluded; those that must
   *     go are excluded too
   * @param count units that live
   * @param most units that may stay at most, from 0 to {@code count}
   * @param fraction at this moment
   */
  int staying(
      Decision decision, TensorInfo tensor, Scores living, int count, int most, double fraction);

  /**
   * Learns from what was dropped.
   *
   * @param dropped units of the whole group
   * @param wanted units that the fraction aims at
   */
  default void adapt(Decision decision, int dropped, int wanted) {}
}
