package org.espalier.sparse.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.format.Csr;

/** Lays a matrix out in {@link RowGroups}. */
final class RowGroupsBuilder {

  /** A column within a block is stored in 16 bits. */
  static final int DEEPEST = 1 << Character.SIZE;

  /** Rows of a chunk: few enough to share work evenly, enough to sort them by length. */
  private static final int CHUNKS_WANTED = 16;

  private static final int SMALLEST_CHUNK = 24;

  /** With rows in another order: chunks limit where the rows of a block may be found. */
  private static final int SMALLEST_ORDERED_CHUNK = 64;

  private final Csr matrix;
  private final RowGroups.Kind kind;
  private final int[] order;
  private final int[] chunkRows;
  private final int[] chunkGroups;

  private RowGroupsBuilder(Csr matrix, RowGroups.Kind kind, int[] order) {
    this.matrix = matrix;
    this.kind = kind;
    this.order = order;
    int height = kind.height();
    int size = chunkSize(matrix.rows(), height, order != null);
    int chunks = Math.max(1, (matrix.rows() + size - 1) / size);
    this.chunkRows = new int[chunks + 1];
    this.chunkGroups = new int[chunks + 1];
    for (int chunk = 1; chunk <= chunks; chunk++) {
      chunkRows[chunk] = Math.min(matrix.rows(), chunk * size);
      chunkGroups[chunk] = (chunkRows[chunk] + height - 1) / height;
    }
  }

  /** Returns the rows of a chunk, a multiple of the height of a group. */
  static int chunkSize(int rows, int height, boolean ordered) {
    int smallest = ordered ? SMALLEST_ORDERED_CHUNK : SMALLEST_CHUNK;
    int wanted = Math.max(smallest, (rows + CHUNKS_WANTED - 1) / CHUNKS_WANTED);
    return (wanted + height - 1) / height * height;
  }

  /**
   * Lays out a matrix.
   *
   * @param depth columns of a block wanted, at least 1; blocks are made about equally deep
   * @param order a permutation of the rows within each chunk whose neighbors belong together, as
   *     {@link RowOrder} makes them; null for the rows as they stand
   */
  static RowGroups build(Csr matrix, RowGroups.Kind kind, int depth, int[] order) {
    RowGroupsBuilder builder = new RowGroupsBuilder(matrix, kind, order);
    int most = Math.min(depth, DEEPEST);
    int count = Math.max(1, (int) ((matrix.columns() - 1L + most) / most));
    int[] from = Arrays.copyOf(matrix.rowPointers(), matrix.rows());
    List<RowGroups.Block> blocks = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      int first = (int) ((long) matrix.columns() * b / count);
      int end = (int) ((long) matrix.columns() * (b + 1) / count);
      blocks.add(builder.block(first, end, from));
    }
    return new RowGroups(
        kind, matrix.rows(), matrix.columns(), builder.chunkRows, builder.chunkGroups, blocks);
  }

  /** Builds the block of some columns; {@code from} moves on to the next block's entries. */
  private RowGroups.Block block(int first, int end, int[] from) {
    int[] to = new int[matrix.rows()];
    for (int row = 0; row < to.length; row++) {
      to[row] = from[row];
      while (to[row] < matrix.rowPointers()[row + 1] && matrix.columnIndices()[to[row]] < end) {
        to[row]++;
      }
    }
    int[] rows = rowsOfGroups(from, to);
    int groups = rows.length / kind.height();
    Entries entries = new Entries(groups, kind.patternCount());
    byte[] sets = new byte[end - first];
    int[] found = new int[end - first];
    for (int group = 0; group < groups; group++) {
      add(group, rows, from, to, new Found(first, sets, found), entries);
    }
    System.arraycopy(to, 0, from, 0, to.length);
    return entries.block(first, end - first, rows);
  }

  /** Returns the rows of each group; single rows are sorted by length, so that loops end alike. */
  private int[] rowsOfGroups(int[] from, int[] to) {
    int height = kind.height();
    int groups = chunkGroups[chunkGroups.length - 1];
    int[] rows = new int[groups * height];
    for (int i = 0; i < rows.length; i++) {
      int row = i < matrix.rows() ? i : i / height * height;
      rows[i] = order == null ? row : order[row];
    }
    if (height == 1) {
      for (int chunk = 0; chunk + 1 < chunkRows.length; chunk++) {
        sortByLength(rows, chunkRows[chunk], chunkRows[chunk + 1], from, to);
      }
    }
    return rows;
  }

  private static void sortByLength(int[] rows, int begin, int end, int[] from, int[] to) {
    long[] keys = new long[end - begin];
    for (int i = 0; i < keys.length; i++) {
      int row = rows[begin + i];
      keys[i] = (long) (to[row] - from[row]) << Integer.SIZE | row;
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      rows[begin + i] = (int) keys[i];
    }
  }

  /**
   * The columns of a group.
   *
   * @param first first column of the block
   * @param sets which of the group's rows have a column; all zero before and after a group
   * @param columns room for all columns of the block
   */
  private record Found(int first, byte[] sets, int[] columns) {}

  /** Adds the entries of a group. */
  private void add(int group, int[] rows, int[] from, int[] to, Found found, Entries entries) {
    int height = kind.height();
    int begin = group * height;
    int real = realRows(rows, begin);
    byte[] sets = found.sets();
    int count = 0;
    for (int r = 0; r < real; r++) {
      for (int i = from[rows[begin + r]]; i < to[rows[begin + r]]; i++) {
        int column = matrix.columnIndices()[i] - found.first();
        if (sets[column] == 0) {
          found.columns()[count++] = column;
        }
        sets[column] |= (byte) (1 << r);
      }
    }
    Arrays.sort(found.columns(), 0, count);
    for (int p = 0; p < kind.patternCount(); p++) {
      int pattern = kind.pattern(p);
      boolean full = kind.patternCount() == 1;
      for (int i = 0; i < count; i++) {
        int column = found.columns()[i];
        if (full ? sets[column] != 0 : sets[column] == pattern) {
          entries.add(group, p, column);
          for (int r = 0; r < height; r++) {
            if ((pattern >> r & 1) == 1) {
              entries.add(valueAt(rows[begin + r], r < real, found.first() + column, from, to));
            }
          }
        }
      }
    }
    for (int i = 0; i < count; i++) {
      sets[found.columns()[i]] = 0;
    }
    entries.endGroup(group);
  }

  private int realRows(int[] rows, int begin) {
    int real = 1;
    while (real < kind.height() && rows[begin + real] != rows[begin]) {
      real++;
    }
    return real;
  }

  private float valueAt(int row, boolean real, int column, int[] from, int[] to) {
    if (!real) {
      return 0f;
    }
    int at = Arrays.binarySearch(matrix.columnIndices(), from[row], to[row], column);
    return at < 0 ? 0f : matrix.values()[at];
  }

  /** Arrays that grow. */
  private static final class Entries {

    private final int patterns;
    private final int[] counts;
    private final int[] entryStarts;
    private final int[] valueStarts;
    private char[] columns = new char[1024];
    private float[] values = new float[1024];
    private int entryCount;
    private int valueCount;

    Entries(int groups, int patterns) {
      this.patterns = patterns;
      this.counts = new int[groups * patterns];
      this.entryStarts = new int[groups + 1];
      this.valueStarts = new int[groups + 1];
    }

    void add(int group, int pattern, int column) {
      if (entryCount == columns.length) {
        columns = Arrays.copyOf(columns, 2 * entryCount);
      }
      columns[entryCount++] = (char) column;
      counts[group * patterns + pattern]++;
    }

    void add(float value) {
      if (valueCount == values.length) {
        values = Arrays.copyOf(values, 2 * valueCount);
      }
      values[valueCount++] = value;
    }

    void endGroup(int group) {
      entryStarts[group + 1] = entryCount;
      valueStarts[group + 1] = valueCount;
    }

    RowGroups.Block block(int firstColumn, int depth, int[] rows) {
      return new RowGroups.Block(
          firstColumn,
          depth,
          rows,
          counts,
          Arrays.copyOf(columns, entryCount),
          Arrays.copyOf(values, valueCount),
          null,
          entryStarts,
          valueStarts);
    }
  }
}
