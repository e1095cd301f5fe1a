package org.espalier.pruning.structured;

import java.util.Arrays;
import java.util.StringJoiner;

/** Indices as text: {@code 3}, {@code 0-48}, {@code 3+67}. */
final class Ranges {

  private Ranges() {}

  /** Returns runs of indices, joined by "+". */
  static String text(int[] indices) {
    int[] sorted = indices.clone();
    Arrays.sort(sorted);
    StringJoiner text = new StringJoiner("+");
    for (int i = 0; i < sorted.length; ) {
      int last = i;
      while (last + 1 < sorted.length && sorted[last + 1] == sorted[last] + 1) {
        last++;
      }
      text.add(last == i ? "" + sorted[i] : sorted[i] + "-" + sorted[last]);
      i = last + 1;
    }
    return text.toString();
  }
}
