package org.espalier.sparse.kernel.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.sparse.kernel.BitmapRows;
import org.espalier.sparse.kernel.BlockRows;
import org.espalier.sparse.kernel.ColumnBlock;
import org.espalier.sparse.kernel.ColumnKernels;
import org.espalier.sparse.kernel.DenseRows;
import org.espalier.sparse.kernel.IndexRows;
import org.espalier.sparse.kernel.RowRange;
import org.espalier.sparse.kernel.ScalarVectorKernels;
import org.espalier.sparse.kernel.VectorKernels;

/**
 * Products with a single column with explicit vectors. Several rows, far apart in memory, are
 * worked on at once: their streams arrive faster than a single one. Rows that fill no group are
 * left to the scalar twin.
 *
 * <p>The loops are written out: vectors in arrays, or carried through nested loops, would be
 * allocated on the heap. Weights that are not stored must not meet x, which may be NaN: x is
 * masked.
 */
public final class SimdVectorKernels implements VectorKernels {

  private static final VectorSpecies<Float> S = Lanes.species(MethodHandles.lookup());
  private static final int L = S.length();
  private static final VectorSpecies<Float> S4 = FloatVector.SPECIES_128;
  private static final VectorSpecies<Integer> INTS = S.withLanes(int.class);
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(S.vectorBitSize() / 2));
  private static final long LANE_BITS = (1L << L) - 1;

  /** JDK 17 converts to another shape in slow steps. */
  private static final boolean WIDENS = Runtime.version().feature() >= 19;

  /** Rows of {@link #gatherGroup} and {@link #denseGroup}. */
  private static final int FOUR = 4;

  private final ScalarVectorKernels scalar = new ScalarVectorKernels();
  private final ColumnKernels columns;

  /** Row kernels that belong to column kernels of the same width. */
  public SimdVectorKernels(ColumnKernels columns) {
    this.columns = columns;
  }

  @Override
  public ColumnKernels columns() {
    return columns;
  }

  @Override
  public boolean expands() {
    // Narrower vectors may belong to a processor without the instruction.
    return Expand.EXPAND != null && S.vectorBitSize() == 512;
  }

  @Override
  public void bitmapRows(BitmapRows a, RowRange rows, float[] x, float[] y) {
    int row = rows.begin();
    if (Expand.EXPAND != null) {
      try {
        for (; row + BitmapRows.HEIGHT <= rows.end(); row += BitmapRows.HEIGHT) {
          bitmapGroup(a, row, x, y);
          if (a.columns() % BitmapRows.CHUNK > 0) {
            lastChunk(a, row, x, y);
          }
        }
      } catch (Throwable e) {
        throw NativeInts.unchecked(e);
      }
    }
    scalar.bitmapRows(a, new RowRange(row, rows.end()), x, y);
  }

  private static void bitmapGroup(BitmapRows a, int row, float[] x, float[] y) throws Throwable {
    long[] words = a.words();
    float[] values = a.values();
    int first = a.firstWord(row);
    int whole = a.columns() / BitmapRows.CHUNK * BitmapRows.CHUNK;
    int p0 = a.starts()[row];
    int p1 = a.starts()[row + 1];
    int p2 = a.starts()[row + 2];
    int p3 = a.starts()[row + 3];
    int p4 = a.starts()[row + 4];
    int p5 = a.starts()[row + 5];
    int p6 = a.starts()[row + 6];
    int p7 = a.starts()[row + 7];
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int j = 0; j < whole; j += L) {
      int word = first + 2 * (j >> 4);
      long low = words[word] >>> (j & 15);
      long high = words[word + 1] >>> (j & 15);
      s0 = addExpanded(s0, values, p0, low & LANE_BITS, x, j);
      p0 += Long.bitCount(low & LANE_BITS);
      s1 = addExpanded(s1, values, p1, low >>> 16 & LANE_BITS, x, j);
      p1 += Long.bitCount(low >>> 16 & LANE_BITS);
      s2 = addExpanded(s2, values, p2, low >>> 32 & LANE_BITS, x, j);
      p2 += Long.bitCount(low >>> 32 & LANE_BITS);
      s3 = addExpanded(s3, values, p3, low >>> 48 & LANE_BITS, x, j);
      p3 += Long.bitCount(low >>> 48 & LANE_BITS);
      s4 = addExpanded(s4, values, p4, high & LANE_BITS, x, j);
      p4 += Long.bitCount(high & LANE_BITS);
      s5 = addExpanded(s5, values, p5, high >>> 16 & LANE_BITS, x, j);
      p5 += Long.bitCount(high >>> 16 & LANE_BITS);
      s6 = addExpanded(s6, values, p6, high >>> 32 & LANE_BITS, x, j);
      p6 += Long.bitCount(high >>> 32 & LANE_BITS);
      s7 = addExpanded(s7, values, p7, high >>> 48 & LANE_BITS, x, j);
      p7 += Long.bitCount(high >>> 48 & LANE_BITS);
    }
    y[row] = Lanes.exact(S, s0).reduceLanes(VectorOperators.ADD);
    y[row + 1] = Lanes.exact(S, s1).reduceLanes(VectorOperators.ADD);
    y[row + 2] = Lanes.exact(S, s2).reduceLanes(VectorOperators.ADD);
    y[row + 3] = Lanes.exact(S, s3).reduceLanes(VectorOperators.ADD);
    y[row + 4] = Lanes.exact(S, s4).reduceLanes(VectorOperators.ADD);
    y[row + 5] = Lanes.exact(S, s5).reduceLanes(VectorOperators.ADD);
    y[row + 6] = Lanes.exact(S, s6).reduceLanes(VectorOperators.ADD);
    y[row + 7] = Lanes.exact(S, s7).reduceLanes(VectorOperators.ADD);
  }

  /** Returns the sum plus values, spread over the bits, times x. Short enough to be inlined. */
  private static FloatVector addExpanded(
      FloatVector sum, float[] values, int at, long bits, float[] x, int column) throws Throwable {
    VectorMask<Float> mask = VectorMask.fromLong(S, bits);
    FloatVector packed = FloatVector.fromArray(S, values, at);
    return ((FloatVector) Expand.EXPAND.invokeExact(packed, mask))
        .fma(FloatVector.fromArray(S, x, column, mask), sum);
  }

  /** Adds the columns that fill no chunk. */
  private static void lastChunk(BitmapRows a, int row, float[] x, float[] y) {
    int chunk = a.columns() / BitmapRows.CHUNK;
    for (int i = row; i < row + BitmapRows.HEIGHT; i++) {
      int at = a.starts()[i + 1] - Integer.bitCount(a.bits(i, chunk));
      y[i] += ScalarVectorKernels.bitmapRow(a, i, chunk, at, x);
    }
  }

  @Override
  public void gatherRows(ColumnBlock a, RowRange rows, float[] x, float[] y, int[] indices) {
    int row = rows.begin();
    for (; WIDENS && row + FOUR <= rows.end(); row += FOUR) {
      gatherGroup(a, row, x, y, indices);
    }
    scalar.gatherRows(a, new RowRange(row, rows.end()), x, y, indices);
  }

  private static void gatherGroup(ColumnBlock a, int row, float[] x, float[] y, int[] t) {
    int[] starts = a.starts();
    char[] columns = a.columns();
    float[] values = a.values();
    int first = a.firstColumn();
    int i0 = starts[row];
    int i1 = starts[row + 1];
    int i2 = starts[row + 2];
    int i3 = starts[row + 3];
    int shortest = Math.min(Math.min(i1 - i0, i2 - i1), Math.min(i3 - i2, starts[row + 4] - i3));
    int whole = shortest & -L;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < whole; i += L) {
      widen(columns, i0 + i, t, 0);
      widen(columns, i1 + i, t, L);
      widen(columns, i2 + i, t, 2 * L);
      widen(columns, i3 + i, t, 3 * L);
      FloatVector x0 = FloatVector.fromArray(S, x, first, t, 0);
      s0 = FloatVector.fromArray(S, values, i0 + i).fma(x0, s0);
      FloatVector x1 = FloatVector.fromArray(S, x, first, t, L);
      s1 = FloatVector.fromArray(S, values, i1 + i).fma(x1, s1);
      FloatVector x2 = FloatVector.fromArray(S, x, first, t, 2 * L);
      s2 = FloatVector.fromArray(S, values, i2 + i).fma(x2, s2);
      FloatVector x3 = FloatVector.fromArray(S, x, first, t, 3 * L);
      s3 = FloatVector.fromArray(S, values, i3 + i).fma(x3, s3);
    }
    y[row] += Lanes.exact(S, s0).reduceLanes(VectorOperators.ADD) + rest(a, row, i0 + whole, x, t);
    y[row + 1] +=
        Lanes.exact(S, s1).reduceLanes(VectorOperators.ADD) + rest(a, row + 1, i1 + whole, x, t);
    y[row + 2] +=
        Lanes.exact(S, s2).reduceLanes(VectorOperators.ADD) + rest(a, row + 2, i2 + whole, x, t);
    y[row + 3] +=
        Lanes.exact(S, s3).reduceLanes(VectorOperators.ADD) + rest(a, row + 3, i3 + whole, x, t);
  }

  /** Returns the sum of a row from entry {@code begin} on. */
  private static float rest(ColumnBlock a, int row, int begin, float[] x, int[] t) {
    char[] columns = a.columns();
    float[] values = a.values();
    int first = a.firstColumn();
    int end = a.starts()[row + 1];
    int i = begin;
    float sum = 0f;
    if (i + L <= end) {
      FloatVector s = FloatVector.zero(S);
      for (; i + L <= end; i += L) {
        widen(columns, i, t, 0);
        s = FloatVector.fromArray(S, values, i).fma(FloatVector.fromArray(S, x, first, t, 0), s);
      }
      sum = Lanes.exact(S, s).reduceLanes(VectorOperators.ADD);
    }
    for (; i < end; i++) {
      sum += values[i] * x[first + columns[i]];
    }
    return sum;
  }

  @Override
  public boolean widens() {
    return WIDENS;
  }

  @Override
  public void indexRows(IndexRows a, RowRange rows, float[] x, float[] y) {
    for (int row = rows.begin(); row < rows.end(); row++) {
      y[row] = indexRow(a, a.starts()[row], a.starts()[row + 1], x);
    }
  }

  private static float indexRow(IndexRows a, int begin, int end, float[] x) {
    int[] columns = a.columns();
    float[] values = a.values();
    int i = begin;
    float sum = 0f;
    if (end - begin >= 2 * L) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      for (; i + 2 * L <= end; i += 2 * L) {
        FloatVector x0 = FloatVector.fromArray(S, x, 0, columns, i);
        s0 = FloatVector.fromArray(S, values, i).fma(x0, s0);
        FloatVector x1 = FloatVector.fromArray(S, x, 0, columns, i + L);
        s1 = FloatVector.fromArray(S, values, i + L).fma(x1, s1);
      }
      sum = Lanes.exact(S, s0).add(s1).reduceLanes(VectorOperators.ADD);
    }
    for (; i < end; i++) {
      sum += values[i] * x[columns[i]];
    }
    return sum;
  }

  /** A gather takes its indices from an int array: the detour is shorter than reading ints. */
  private static void widen(char[] columns, int from, int[] to, int at) {
    ((IntVector)
            ShortVector.fromCharArray(SHORTS, columns, from)
                .convertShape(VectorOperators.S2I, INTS, 0))
        .and(0xffff)
        .intoArray(to, at);
  }

  @Override
  public void blockRows(ColumnBlock a, RowRange rows, float[] x, float[] y) {
    int row = rows.begin();
    for (; row + 2 * BlockRows.HEIGHT <= rows.end(); row += 2 * BlockRows.HEIGHT) {
      blockPair(a, row, x, y);
    }
    scalar.blockRows(a, new RowRange(row, rows.end()), x, y);
  }

  private static void blockPair(ColumnBlock a, int row, float[] x, float[] y) {
    char[] columns = a.columns();
    float[] values = a.values();
    int first = a.firstColumn();
    int i = a.starts()[row / 4];
    int k = a.starts()[row / 4 + 1];
    int iEnd = k;
    int kEnd = a.starts()[row / 4 + 2];
    FloatVector s0 = FloatVector.fromArray(S4, y, row);
    FloatVector s1 = FloatVector.zero(S4);
    FloatVector s2 = s1;
    FloatVector s3 = s1;
    FloatVector t0 = FloatVector.fromArray(S4, y, row + 4);
    FloatVector t1 = s1;
    FloatVector t2 = s1;
    FloatVector t3 = s1;
    for (int both = i + (Math.min(iEnd - i, kEnd - k) & -4); i < both; i += 4, k += 4) {
      s0 =
          FloatVector.fromArray(S4, values, 4 * i)
              .fma(FloatVector.broadcast(S4, x[first + columns[i]]), s0);
      s1 =
          FloatVector.fromArray(S4, values, 4 * (i + 1))
              .fma(FloatVector.broadcast(S4, x[first + columns[i + 1]]), s1);
      s2 =
          FloatVector.fromArray(S4, values, 4 * (i + 2))
              .fma(FloatVector.broadcast(S4, x[first + columns[i + 2]]), s2);
      s3 =
          FloatVector.fromArray(S4, values, 4 * (i + 3))
              .fma(FloatVector.broadcast(S4, x[first + columns[i + 3]]), s3);
      t0 =
          FloatVector.fromArray(S4, values, 4 * k)
              .fma(FloatVector.broadcast(S4, x[first + columns[k]]), t0);
      t1 =
          FloatVector.fromArray(S4, values, 4 * (k + 1))
              .fma(FloatVector.broadcast(S4, x[first + columns[k + 1]]), t1);
      t2 =
          FloatVector.fromArray(S4, values, 4 * (k + 2))
              .fma(FloatVector.broadcast(S4, x[first + columns[k + 2]]), t2);
      t3 =
          FloatVector.fromArray(S4, values, 4 * (k + 3))
              .fma(FloatVector.broadcast(S4, x[first + columns[k + 3]]), t3);
    }
    Lanes.exact(S4, s0).add(s1).add(Lanes.exact(S4, s2).add(s3)).intoArray(y, row);
    Lanes.exact(S4, t0).add(t1).add(Lanes.exact(S4, t2).add(t3)).intoArray(y, row + 4);
    addBlocks(a, i, iEnd, x, y, row);
    addBlocks(a, k, kEnd, x, y, row + 4);
  }

  /** Adds some blocks of four rows to y. */
  private static void addBlocks(ColumnBlock a, int begin, int end, float[] x, float[] y, int row) {
    FloatVector sum = FloatVector.fromArray(S4, y, row);
    for (int i = begin; i < end; i++) {
      float value = x[a.firstColumn() + a.columns()[i]];
      sum = FloatVector.fromArray(S4, a.values(), 4 * i).fma(FloatVector.broadcast(S4, value), sum);
    }
    Lanes.exact(S4, sum).intoArray(y, row);
  }

  @Override
  public void denseRows(DenseRows a, RowRange rows, float[] x, float[] y) {
    int row = rows.begin();
    for (; row + FOUR <= rows.end(); row += FOUR) {
      denseGroup(a, row, x, y);
    }
    scalar.denseRows(a, new RowRange(row, rows.end()), x, y);
  }

  private static void denseGroup(DenseRows a, int row, float[] x, float[] y) {
    float[] values = a.values();
    int columns = a.columns();
    int a0 = row * columns;
    int a1 = a0 + columns;
    int a2 = a1 + columns;
    int a3 = a2 + columns;
    int whole = columns & -2 * L;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    FloatVector t2 = s0;
    FloatVector t3 = s0;
    for (int j = 0; j < whole; j += 2 * L) {
      FloatVector xs = FloatVector.fromArray(S, x, j);
      FloatVector xt = FloatVector.fromArray(S, x, j + L);
      s0 = FloatVector.fromArray(S, values, a0 + j).fma(xs, s0);
      t0 = FloatVector.fromArray(S, values, a0 + j + L).fma(xt, t0);
      s1 = FloatVector.fromArray(S, values, a1 + j).fma(xs, s1);
      t1 = FloatVector.fromArray(S, values, a1 + j + L).fma(xt, t1);
      s2 = FloatVector.fromArray(S, values, a2 + j).fma(xs, s2);
      t2 = FloatVector.fromArray(S, values, a2 + j + L).fma(xt, t2);
      s3 = FloatVector.fromArray(S, values, a3 + j).fma(xs, s3);
      t3 = FloatVector.fromArray(S, values, a3 + j + L).fma(xt, t3);
    }
    float r0 = Lanes.exact(S, s0).add(t0).reduceLanes(VectorOperators.ADD);
    y[row] = r0 + ScalarVectorKernels.denseRow(a, row, whole, x);
    float r1 = Lanes.exact(S, s1).add(t1).reduceLanes(VectorOperators.ADD);
    y[row + 1] = r1 + ScalarVectorKernels.denseRow(a, row + 1, whole, x);
    float r2 = Lanes.exact(S, s2).add(t2).reduceLanes(VectorOperators.ADD);
    y[row + 2] = r2 + ScalarVectorKernels.denseRow(a, row + 2, whole, x);
    float r3 = Lanes.exact(S, s3).add(t3).reduceLanes(VectorOperators.ADD);
    y[row + 3] = r3 + ScalarVectorKernels.denseRow(a, row + 3, whole, x);
  }
}
