package org.espalier.pruning.core.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.SparsityPattern;

/** A lifecycle in which units compete by the group's criterion and the best of them live. */
public interface Selecting extends Lifecycle {

  /**
   * Returns the scores with which units enter the competition, which may be the argument, changed.
   *
   * @param unitScores one per unit, not NaN
   * @param current the mask so far
   * @param pattern what cuts the tensor into units
   */
  Scores candidates(Scores unitScores, Mask current, SparsityPattern pattern);

  /**
   * Returns the new mask.
   *
   * @param current the mask so far
   * @param chosen the mask of the units that won
   */
  Mask next(Mask current, Mask chosen);

  /** Refuses a schedule that asks for nothing: no unit would ever die. */
  @Override
  default void requireFits(Schedule schedule) {
    Targets.require(this, schedule);
  }

  @Override
  default Map<String, Mask> next(Decision decision) {
    List<TensorInfo> tensors = decision.tensors();
    List<Scores> candidates = new ArrayList<>();
    for (TensorInfo tensor : tensors) {
      SparsityPattern pattern = decision.group().pattern();
      candidates.add(candidates(decision.scores(tensor), decision.mask(tensor), pattern));
    }
    int[] kept = decision.kept(candidates);
    Map<String, Mask> masks = new TreeMap<>();
    for (int i = 0; i < kept.length; i++) {
      TensorInfo tensor = tensors.get(i);
      Mask best = decision.best(tensor, candidates.get(i), kept[i]);
      masks.put(tensor.name(), next(decision.mask(tensor), best));
    }
    return masks;
  }
}
