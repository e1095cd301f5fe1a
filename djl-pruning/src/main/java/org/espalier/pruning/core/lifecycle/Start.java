package org.espalier.pruning.core.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/** How the first decision, on dense tensors, chooses who lives. */
public enum Start {
  /** Each unit with equal chance. */
  RANDOM,
  /** The best by the group's criterion. */
  CRITERION;

  /** Returns the text form. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the first masks, with the counts of the allocation. */
  Map<String, Mask> masks(Decision decision) {
    List<Scores> scores = new ArrayList<>();
    for (TensorInfo tensor : decision.tensors()) {
      scores.add(
          this == RANDOM
              ? Draws.of(decision, new Units(decision, tensor))
              : decision.scores(tensor));
    }
    int[] kept = decision.kept(scores);
    Map<String, Mask> masks = new TreeMap<>();
    for (int i = 0; i < kept.length; i++) {
      TensorInfo tensor = decision.tensors().get(i);
      masks.put(tensor.name(), decision.best(tensor, scores.get(i), kept[i]));
    }
    return masks;
  }
}
