package org.espalier.sparse.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.format.Csr;

/**
 * The matrix column by column, for x with many zeros: their columns are not even read. The rows are
 * cut into slabs, so that parts need not share sums, and the sums of a slab stay in the first-level
 * cache.
 *
 * @param kind of all slabs, except for rows that are left over
 * @param work entries before each row, and the number of entries
 * @param slabs in the order of their rows
 */
record ColumnSlabs(Kind kind, int[] work, List<ColumnSlab> slabs) implements VectorLayout {

  /** What a column is stored as. */
  enum Kind {
    ENTRIES(1),
    BITMAP(Long.SIZE),
    BLOCKS4(BlockRows.HEIGHT);

    private final int multiple;

    Kind(int multiple) {
      this.multiple = multiple;
    }
  }

  /** Fewer rows would leave columns too short; each slab looks at all of x. */
  private static final int ROWS_WANTED = 2048;

  private static final int ALIGNMENT = Long.SIZE;

  ColumnSlabs {
    slabs = List.copyOf(slabs);
  }

  static ColumnSlabs of(Csr matrix, Kind kind) {
    int whole = matrix.rows() / kind.multiple * kind.multiple;
    int count = Math.max(1, (whole + ROWS_WANTED / 2) / ROWS_WANTED);
    List<ColumnSlab> slabs = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= count; i++) {
      int end = i == count ? whole : (int) ((long) whole * i / count) / ALIGNMENT * ALIGNMENT;
      RowRange range = new RowRange(begin, end);
      if (begin < end) {
        slabs.add(
            switch (kind) {
              case ENTRIES -> EntryColumns.of(matrix, range);
              case BITMAP -> BitmapColumns.of(matrix, range);
              case BLOCKS4 -> BlockColumns.of(matrix, range);
            });
      }
      begin = end;
    }
    if (whole < matrix.rows()) {
      slabs.add(EntryColumns.of(matrix, new RowRange(whole, matrix.rows())));
    }
    return new ColumnSlabs(kind, matrix.rowPointers().clone(), slabs);
  }

  @Override
  public String label() {
    return "vector-columns-" + kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public RowRange part(int part, int parts) {
    return new RowRange(boundary(part, parts), boundary(part + 1, parts));
  }

  /** Returns the begin of the slab that comes nearest to the share. */
  private int boundary(int part, int parts) {
    int rows = work.length - 1;
    if (part == parts) {
      return rows;
    }
    long share = ((long) work[rows] + rows) * part / parts;
    int nearest = 0;
    for (int i = 0; i <= slabs.size(); i++) {
      int row = i == slabs.size() ? rows : slabs.get(i).firstRow();
      if (Math.abs(work[row] + row - share) < Math.abs(work[nearest] + nearest - share)) {
        nearest = row;
      }
    }
    return nearest;
  }

  @Override
  public void multiply(
      VectorKernels kernels, RowRange range, float[] x, float[] y, VectorScratch scratch) {
    Arrays.fill(y, range.begin(), range.end(), 0f);
    LiveColumns live = scratch.liveIn(x);
    for (int i = 0; i < slabs.size(); i++) {
      ColumnSlab slab = slabs.get(i);
      if (slab.firstRow() >= range.begin() && slab.firstRow() < range.end()) {
        slab.addTo(kernels.columns(), live, y);
      }
    }
  }
}
