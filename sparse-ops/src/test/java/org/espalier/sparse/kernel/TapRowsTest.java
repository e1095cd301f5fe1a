package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TapRowsTest {

  @Test
  void neighboringTapsShareRows() {
    TapRows rows = TapRows.of(new Window(3, 1, 1), 4);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, rows.rows());
    assertArrayEquals(new int[] {0, 1, 2}, rows.slotOfTap());
  }

  /** Stride 2, three taps, two output rows: taps 0 and 2 see rows 0 2 and 2 4, tap 1 rows 1 3. */
  @Test
  void aStrideSplitsRowsByRemainder() {
    TapRows rows = TapRows.of(new Window(3, 2, 0), 2);
    assertArrayEquals(new int[] {0, 2, 4, 1, 3}, rows.rows());
    assertArrayEquals(new int[] {0, 3, 1}, rows.slotOfTap());
  }

  /** Taps 10 rows apart share none of two rows each: the ones between are left out. */
  @Test
  void farTapsDoNotPackTheRowsBetween() {
    TapRows rows = TapRows.of(new Window(2, 1, 0, 10), 2);
    assertArrayEquals(new int[] {0, 1, 10, 11}, rows.rows());
    assertArrayEquals(new int[] {0, 2}, rows.slotOfTap());
  }

  @Test
  void everyTapSeesConsecutiveSlots() {
    for (int kernel = 1; kernel <= 5; kernel++) {
      for (int stride = 1; stride <= 4; stride++) {
        for (int dilation = 1; dilation <= 4; dilation++) {
          for (int height = 1; height <= 6; height++) {
            TapRows rows = TapRows.of(new Window(kernel, stride, 0, dilation), height);
            for (int i = 0; i < kernel * height; i++) {
              int tap = i / height;
              int line = i % height;
              int seen = rows.rows()[rows.slotOfTap()[tap] + line];
              assertEquals(tap * dilation + line * stride, seen);
            }
          }
        }
      }
    }
  }
}
