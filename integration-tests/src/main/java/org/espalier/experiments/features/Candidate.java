package org.espalier.experiments.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.espalier.tribuo.selection.QuickSelection;
import org.tribuo.Dataset;
import org.tribuo.SelectedFeatureSet;
import org.tribuo.classification.Label;
import org.tribuo.provenance.FeatureSetProvenance;

/**
 * A way of choosing pixels.
 *
 * @param name of its file
 * @param label of its row
 * @param epochs of QuickSelection, or 0 for pixels drawn at random, or -1 for all pixels
 */
record Candidate(String name, String label, int epochs) {

  private static final int ALL = -1;
  private static final int RANDOM = 0;

  /** All pixels. */
  static Candidate all() {
    return new Candidate("all", "all pixels", ALL);
  }

  /** Pixels drawn at random of those that are not white in every example. */
  static Candidate random() {
    return new Candidate("random", "pixels at random", RANDOM);
  }

  /** QuickSelection after some epochs. */
  static Candidate quickSelection(int epochs) {
    return new Candidate(
        "quick-selection-" + epochs,
        String.format(Locale.ROOT, "QuickSelection, %d epochs", epochs),
        epochs);
  }

  boolean selects() {
    return epochs != ALL;
  }

  /** Chooses, best first. */
  SelectedFeatureSet select(Dataset<Label> data, int k, long seed) {
    QuickSelection<Label> selector = new QuickSelection<>(k, Math.max(1, epochs), seed);
    if (epochs > RANDOM) {
      return selector.select(data);
    }
    List<String> names = new ArrayList<>();
    data.getFeatureMap().forEach(feature -> names.add(feature.getName()));
    Collections.sort(names);
    Collections.shuffle(names, new Random(seed));
    return new SelectedFeatureSet(
        names.subList(0, k),
        List.of(),
        false,
        new FeatureSetProvenance(
            SelectedFeatureSet.class.getName(), data.getProvenance(), selector.getProvenance()));
  }
}
