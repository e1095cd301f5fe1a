package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/**
 * Every element of every index array, set to every small value: {@code validate} accepts exactly
 * the arrays that the format's own builder makes of the positions that they name.
 */
class FormatMutationTest {

  private static final int ROWS = 5;
  private static final int COLUMNS = 6;

  private static float[] dense(long seed) {
    return AllFormats.dense(seed, ROWS, COLUMNS, 0.5);
  }

  /** Sets each element of the array to each value from -2 to 40, and counts what is sound. */
  private static void mutate(int[] array, SparseMatrix matrix, BooleanSupplier sound) {
    int refused = 0;
    for (int i = 0; i < array.length; i++) {
      int original = array[i];
      for (int value = -2; value <= 40; value++) {
        array[i] = value;
        boolean expected = decodes(sound);
        boolean found = true;
        try {
          matrix.validate();
        } catch (InvalidInputException e) {
          found = false;
          refused++;
        }
        assertEquals(expected, found, matrix + ", element " + i + " = " + value);
      }
      array[i] = original;
    }
    matrix.validate();
    assertTrue(refused > 20 * array.length, "most values fit nowhere");
  }

  private static boolean decodes(BooleanSupplier sound) {
    try {
      return sound.getAsBoolean();
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  /** Marks a position, once. */
  private static void mark(byte[] kept, int row, int column) {
    if (row < 0 || row >= ROWS || column < 0 || column >= COLUMNS) {
      throw new IndexOutOfBoundsException(row + ", " + column);
    }
    kept[row * COLUMNS + column]++;
  }

  private static boolean once(byte[] kept, int stored) {
    int count = 0;
    for (byte k : kept) {
      if (k > 1) {
        return false;
      }
      count += k;
    }
    return count == stored;
  }

  @Test
  void coordinates() {
    Coo m = Coo.ofDense(dense(1), ROWS, COLUMNS);
    BooleanSupplier sound =
        () -> {
          byte[] kept = new byte[ROWS * COLUMNS];
          for (int i = 0; i < m.values().length; i++) {
            mark(kept, m.rowIndices()[i], m.columnIndices()[i]);
          }
          if (!once(kept, m.values().length)) {
            return false;
          }
          Coo again = Coo.ofDense(dense(1), Mask.ofBytes(kept, ROWS, COLUMNS), ROWS, COLUMNS);
          return Arrays.equals(again.rowIndices(), m.rowIndices())
              && Arrays.equals(again.columnIndices(), m.columnIndices());
        };
    mutate(m.rowIndices(), m, sound);
    mutate(m.columnIndices(), m, sound);
  }

  @Test
  void compressedRowsAndColumns() {
    Csr m = Csr.ofDense(dense(2), ROWS, COLUMNS);
    BooleanSupplier sound =
        () -> {
          byte[] kept = new byte[ROWS * COLUMNS];
          for (int row = 0; row < ROWS; row++) {
            for (int i = m.rowPointers()[row]; i < m.rowPointers()[row + 1]; i++) {
              mark(kept, row, m.columnIndices()[i]);
            }
          }
          if (!once(kept, m.values().length)) {
            return false;
          }
          Csr again = Csr.ofDense(dense(2), Mask.ofBytes(kept, ROWS, COLUMNS), ROWS, COLUMNS);
          return Arrays.equals(again.rowPointers(), m.rowPointers())
              && Arrays.equals(again.columnIndices(), m.columnIndices());
        };
    mutate(m.rowPointers(), m, sound);
    mutate(m.columnIndices(), m, sound);
    // The transpose has the same arrays, read as columns.
    Csc turned = m.transpose();
    mutate(turned.columnPointers(), turned, sound);
    mutate(turned.rowIndices(), turned, sound);
  }

  /** Blocks of 1 x 1 are compressed rows; larger ones in rows and columns of blocks. */
  @Test
  void blocks() {
    Bsr m = Bsr.ofDense(dense(3), ROWS, COLUMNS, new BlockShape(1, 1));
    float[] any = new float[ROWS * COLUMNS];
    Arrays.fill(any, 1f);
    BooleanSupplier sound =
        () -> {
          byte[] kept = new byte[ROWS * COLUMNS];
          for (int row = 0; row < ROWS; row++) {
            for (int i = m.rowPointers()[row]; i < m.rowPointers()[row + 1]; i++) {
              mark(kept, row, m.blockColumns()[i]);
            }
          }
          if (!once(kept, m.blocks())) {
            return false;
          }
          Mask mask = Mask.ofBytes(kept, ROWS, COLUMNS);
          Bsr again = Bsr.ofDense(any, mask, ROWS, COLUMNS, m.shape());
          return Arrays.equals(again.rowPointers(), m.rowPointers())
              && Arrays.equals(again.blockColumns(), m.blockColumns());
        };
    mutate(m.rowPointers(), m, sound);
    mutate(m.blockColumns(), m, sound);
  }

  /** Each run by itself: the local rows of a column of an element must stay below their number. */
  @Test
  void relativeIndices() {
    RelativeIndexCsc m = RelativeIndexCsc.ofDense(dense(4), ROWS, COLUMNS, 2, 2);
    int[] runs = new int[m.entries()];
    Arrays.setAll(runs, m.runs()::get);
    int refused = 0;
    for (int i = 0; i < runs.length; i++) {
      int original = runs[i];
      for (int run = 0; run < 4; run++) {
        runs[i] = run;
        PackedIndices packed = PackedIndices.of(2, runs);
        boolean found = true;
        try {
          RelativeIndexCsc.of(ROWS, COLUMNS, 2, m.pointers(), packed, m.values());
        } catch (InvalidInputException e) {
          found = false;
          refused++;
        }
        assertEquals(staysInside(m, runs), found, "run " + i + " = " + run);
      }
      runs[i] = original;
    }
    assertTrue(refused > 10);
  }

  private static boolean staysInside(RelativeIndexCsc m, int[] runs) {
    int at = 0;
    for (int element = 0; element < 2; element++) {
      for (int column = 0; column < COLUMNS; column++) {
        int row = element - 2;
        for (int i = m.entries(element, column); i > 0; i--) {
          row += 2 * (runs[at++] + 1);
          if (row >= ROWS) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** One element too many or too few in each array of each format, and arrays that are missing. */
  @Test
  void lengthsAndNulls() {
    Csr m = Csr.ofDense(dense(5), ROWS, COLUMNS);
    Coo coo = m.toCoo();
    BlockShape one = new BlockShape(1, 1);
    for (int which = 0; which < 3; which++) {
      for (int change : new int[] {-1, 1, Integer.MIN_VALUE}) {
        int[] p = which == 0 ? resized(m.rowPointers(), change) : m.rowPointers();
        int[] r = which == 0 ? resized(coo.rowIndices(), change) : coo.rowIndices();
        int[] c = which == 1 ? resized(m.columnIndices(), change) : m.columnIndices();
        float[] v = which == 2 ? resized(m.values(), change) : m.values();
        Class<? extends Exception> refusal =
            change == Integer.MIN_VALUE ? NullPointerException.class : InvalidInputException.class;
        assertThrows(refusal, () -> Coo.of(ROWS, COLUMNS, r, c, v));
        assertThrows(refusal, () -> Csr.of(ROWS, COLUMNS, p, c, v));
        assertThrows(refusal, () -> Csc.of(COLUMNS, ROWS, p, c, v));
        assertThrows(refusal, () -> Bsr.of(ROWS, COLUMNS, one, p, c, v));
      }
    }
    for (int[] extents : new int[][] {{-1, COLUMNS}, {ROWS, -1}, {ROWS + 1, COLUMNS}}) {
      int[] p = m.rowPointers();
      int[] c = m.columnIndices();
      int rows = extents[0];
      int columns = extents[1];
      assertThrows(InvalidInputException.class, () -> Csr.of(rows, columns, p, c, m.values()));
      assertThrows(InvalidInputException.class, () -> Csc.of(columns, rows, p, c, m.values()));
      assertThrows(InvalidInputException.class, () -> Bsr.of(rows, columns, one, p, c, m.values()));
    }
  }

  private static int[] resized(int[] array, int change) {
    return change == Integer.MIN_VALUE ? null : Arrays.copyOf(array, array.length + change);
  }

  private static float[] resized(float[] array, int change) {
    return change == Integer.MIN_VALUE ? null : Arrays.copyOf(array, array.length + change);
  }
}
