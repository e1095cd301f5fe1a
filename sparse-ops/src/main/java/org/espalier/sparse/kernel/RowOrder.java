package org.espalier.sparse.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.espalier.sparse.format.Csr;

/**
 * An order of the rows in which those with the same columns, or with many in common, stand
 * together. Rows stay in their chunk, the unit that threads share.
 *
 * <p>Rows with equal columns have equal hashes; rows with many columns in common have probably the
 * same smallest hashes (A. Broder, "On the resemblance and containment of documents", SEQUENCES
 * 1997: with the probability of their Jaccard index). What the hashes get wrong costs time, never
 * correctness: any order is a permutation.
 *
 * @param rows the order, or null for the rows as they stand
 * @param loads rows of X that are loaded for a non-zero, see {@link BlockFill#loads}
 */
record RowOrder(int[] rows, double loads) {

  /** What an order must save of the loads: rows in order read and write Y evenly. */
  private static final double WORTH = 0.9;

  /** Odd multipliers of two independent hashes: the golden ratio, and a prime of xxHash. */
  private static final int FIRST = 0x9E3779B1;

  private static final int SECOND = 0x85EBCA77;

  private static final Comparator<Key> SIMILAR_FIRST =
      Comparator.comparingLong(Key::smallest)
          .thenComparingLong(Key::columns)
          .thenComparingInt(Key::row);

  /**
   * Of a row.
   *
   * @param smallest the smallest hashes of its columns, of two kinds
   * @param columns the hash of all its columns
   * @param row which
   */
  private record Key(long smallest, long columns, int row) {

    static Key of(Csr matrix, int row) {
      int first = -1;
      int second = -1;
      long all = 0;
      for (int i = matrix.rowPointers()[row]; i < matrix.rowPointers()[row + 1]; i++) {
        int column = matrix.columnIndices()[i];
        first = smaller(first, mix((column + 1) * FIRST));
        second = smaller(second, mix((column + 1) * SECOND));
        all = (all + column + 1) * 0x9E3779B97F4A7C15L;
        all ^= all >>> 32;
      }
      return new Key((long) first << Integer.SIZE | second & 0xFFFFFFFFL, all, row);
    }

    private static int smaller(int a, int b) {
      return Integer.compareUnsigned(a, b) <= 0 ? a : b;
    }

    private static int mix(int bits) {
      int mixed = (bits ^ bits >>> 15) * SECOND;
      return mixed ^ mixed >>> 13;
    }
  }

  /**
   * Returns an order for groups of some rows: as they stand, unless another saves loads.
   *
   * @param height rows of a group
   */
  static RowOrder of(Csr matrix, int height) {
    double standing = BlockFill.loads(matrix, height, null);
    // Nothing to gain: single rows, or groups whose rows have the same columns already.
    if (standing * height * WORTH <= 1) {
      return new RowOrder(null, standing);
    }
    int[] order = new int[matrix.rows()];
    int chunk = RowGroupsBuilder.chunkSize(matrix.rows(), height, true);
    for (int begin = 0; begin < order.length; begin += chunk) {
      sort(matrix, begin, Math.min(order.length, begin + chunk), height, order);
    }
    double sorted = BlockFill.loads(matrix, height, order);
    return sorted <= standing * WORTH ? new RowOrder(order, sorted) : new RowOrder(null, standing);
  }

  /**
   * Orders the rows of a chunk: whole groups of equal rows, then of similar ones, then the rest.
   */
  private static void sort(Csr matrix, int begin, int end, int height, int[] order) {
    List<Key> keys = new ArrayList<>();
    for (int row = begin; row < end; row++) {
      keys.add(Key.of(matrix, row));
    }
    keys.sort(SIMILAR_FIRST);
    List<Key> placed = new ArrayList<>();
    keys = takeGroups(keys, Key::columns, height, placed);
    keys = takeGroups(keys, key -> key.smallest() >>> Integer.SIZE, height, placed);
    placed.addAll(keys);
    for (int i = 0; i < placed.size(); i++) {
      order[begin + i] = placed.get(i).row();
    }
  }

  /** Moves whole groups of keys that are alike to {@code to}, and returns the others, in order. */
  private static List<Key> takeGroups(
      List<Key> keys, ToLongFunction<Key> likeness, int height, List<Key> to) {
    List<Key> others = new ArrayList<>();
    int first = 0;
    while (first < keys.size()) {
      long like = likeness.applyAsLong(keys.get(first));
      int next = first + 1;
      while (next < keys.size() && likeness.applyAsLong(keys.get(next)) == like) {
        next++;
      }
      int whole = (next - first) / height * height;
      to.addAll(keys.subList(first, first + whole));
      others.addAll(keys.subList(first + whole, next));
      first = next;
    }
    return others;
  }
}
