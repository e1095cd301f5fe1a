package org.espalier.pruning.rewind;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.pruning.core.MaskFiles;
import org.espalier.sparse.mask.Mask;

/**
 * A level of sparsity: the dense network, or what is left after so many rounds.
 *
 * @param rounds decisions so far, 0 for the dense network
 * @param decision the stage that decided the masks; empty at level 0
 * @param trained the training whose weights the next round prunes
 * @param branches other trainings at this level, by label; sorted copy
 */
public record Level(
    int rounds, Optional<Stage> decision, Stage trained, SortedMap<String, Stage> branches) {

  /** Copies the map. */
  public Level {
    branches = Collections.unmodifiableSortedMap(new TreeMap<>(branches));
  }

  /** Returns weights left / weights, over the parameters that the recipe prunes; 1 if dense. */
  public double density() {
    return decision
        .map(stage -> stage.figure(IterativePruning.KEPT) / stage.figure(IterativePruning.ELEMENTS))
        .orElse(1.0);
  }

  /** Reads the masks of this level, by path; none at level 0. */
  public Map<String, Mask> masks() {
    return decision
        .map(stage -> MaskFiles.read(stage.file(IterativePruning.MASKS_FILE)))
        .orElse(Map.of());
  }
}
