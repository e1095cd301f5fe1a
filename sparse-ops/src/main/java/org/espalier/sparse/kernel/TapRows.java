package org.espalier.sparse.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which rows of an image a tile of output rows sees, in an order such that every tap of a column of
 * the window sees consecutive ones: tap i of output row t is slot {@code slotOfTap[i] + t}. Rows
 * whose distance is a multiple of the stride follow each other, so that neighboring taps share
 * their rows: 3 taps with stride 1 on 7 output rows take 9 slots, not 21.
 *
 * @param rows the row of each slot, relative to the image row that tap 0 of output row 0 sees
 * @param slotOfTap first slot of each tap
 */
record TapRows(int[] rows, int[] slotOfTap) {

  /** A run of slots, {@code stride} image rows apart. */
  private record Run(int first, int slots) {}

  /**
   * Lays out the rows.
   *
   * @param window along the height
   * @param height output rows of a tile
   */
  static TapRows of(Window window, int height) {
    int stride = window.stride();
    int[] firstRow = new int[window.kernel()];
    List<Integer> taps = new ArrayList<>();
    for (int tap = 0; tap < firstRow.length; tap++) {
      firstRow[tap] = tap * window.dilation();
      taps.add(tap);
    }
    taps.sort(
        Comparator.<Integer>comparingInt(tap -> firstRow[tap] % stride)
            .thenComparingInt(tap -> firstRow[tap]));
    int[] slotOfTap = new int[firstRow.length];
    List<Run> runs = new ArrayList<>();
    int before = 0;
    for (int tap : taps) {
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      int ahead = last == null ? -1 : (firstRow[tap] - last.first()) / stride;
      boolean joins =
          last != null
              && (firstRow[tap] - last.first()) % stride == 0
              && ahead >= 0
              && ahead <= last.slots();
      if (joins) {
        runs.set(runs.size() - 1, new Run(last.first(), Math.max(last.slots(), ahead + height)));
        slotOfTap[tap] = before + ahead;
      } else {
        before += last == null ? 0 : last.slots();
        runs.add(new Run(firstRow[tap], height));
        slotOfTap[tap] = before;
      }
    }
    return new TapRows(rows(runs, stride), slotOfTap);
  }

  private static int[] rows(List<Run> runs, int stride) {
    int[] rows = new int[runs.stream().mapToInt(Run::slots).sum()];
    int slot = 0;
    for (Run run : runs) {
      for (int i = 0; i < run.slots(); i++) {
        rows[slot++] = run.first() + i * stride;
      }
    }
    return rows;
  }

  /** Returns the number of slots. */
  int slots() {
    return rows.length;
  }
}
