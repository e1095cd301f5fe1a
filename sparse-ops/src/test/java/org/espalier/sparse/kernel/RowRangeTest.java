package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;

class RowRangeTest {

  @Test
  void splitsByWorkNotByRows() {
    // Work per row (non-zeros + 1): 5, 1, 1, 1; half of 8 is reached by the first row alone.
    Csr a = Csr.ofDense(new float[] {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 4, 4);
    assertArrayEquals(
        new RowRange[] {new RowRange(0, 1), new RowRange(1, 4)}, RowRange.split(a, 2));
  }

  @Test
  void rangesCoverEveryRowOnceAndBalance() {
    Csr a = SparseMatrices.withEmptyRows(9, 97, 80, 0.7);
    int heaviestRow = 81;
    for (int parts = 1; parts < 120; parts++) {
      RowRange[] ranges = RowRange.split(a, parts);
      assertEquals(parts, ranges.length);
      int next = 0;
      for (RowRange range : ranges) {
        assertEquals(next, range.begin());
        next = range.end();
        int work = a.rowPointers()[range.end()] - a.rowPointers()[range.begin()];
        work += range.end() - range.begin();
        assertTrue(work <= (a.nonZeros() + 97) / parts + heaviestRow);
      }
      assertEquals(97, next);
    }
  }

  @Test
  void refusesWhatIsNoRange() {
    assertThrows(IllegalArgumentException.class, () -> new RowRange(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new RowRange(2, 1));
    Csr a = Csr.ofDense(new float[1], 1, 1);
    assertThrows(IllegalArgumentException.class, () -> RowRange.split(a, 0));
  }
}
