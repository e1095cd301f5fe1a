package org.espalier.hw.validate;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All comparisons, in the order of the document. */
public final class Comparisons {

  private Comparisons() {}

  /** Predicts every published row; takes some seconds. */
  public static List<Comparison> all() {
    return Stream.<Supplier<List<Comparison>>>of(
            EieComparisons::all,
            EseComparisons::all,
            EyerissComparisons::all,
            ScnnComparisons::all,
            TensorCoreComparisons::all,
            DstcComparisons::all,
            NmArrayComparisons::all)
        .flatMap(part -> part.get().stream())
        .toList();
  }
}
