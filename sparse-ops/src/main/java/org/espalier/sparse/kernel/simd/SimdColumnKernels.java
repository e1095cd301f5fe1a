package org.espalier.sparse.kernel.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.sparse.kernel.BitmapColumns;
import org.espalier.sparse.kernel.BlockColumns;
import org.espalier.sparse.kernel.ColumnKernels;
import org.espalier.sparse.kernel.LiveColumns;
import org.espalier.sparse.kernel.ScalarVectorKernels;

/** Columns times their elements of x, added to sums in the first-level cache. */
public final class SimdColumnKernels implements ColumnKernels {

  private static final VectorSpecies<Float> S = Lanes.species(MethodHandles.lookup());
  private static final int L = S.length();
  private static final VectorSpecies<Float> S4 = FloatVector.SPECIES_128;
  private static final long LANE_BITS = (1L << L) - 1;

  /** Columns of {@link #bitmapFour}. */
  private static final int FOUR = 4;

  private final ColumnKernels scalar = new ScalarVectorKernels();

  @Override
  public void bitmapColumns(BitmapColumns a, LiveColumns live, float[] y) {
    if (Expand.EXPAND == null) {
      scalar.bitmapColumns(a, live, y);
      return;
    }
    try {
      // Behind the last column stand empty ones: see LiveColumns.
      for (int c = 0; c < live.count(); c += FOUR) {
        bitmapFour(a, live, c, y);
      }
    } catch (Throwable e) {
      throw NativeInts.unchecked(e);
    }
  }

  /** Four columns, so that sums are loaded and stored once for them. */
  private static void bitmapFour(BitmapColumns a, LiveColumns live, int c, float[] y)
      throws Throwable {
    long[] words = a.words();
    float[] values = a.values();
    int perColumn = a.height() / Long.SIZE;
    int column0 = live.columns()[c];
    int w0 = column0 * perColumn;
    int p0 = a.starts()[column0];
    FloatVector x0 = FloatVector.broadcast(S, live.values()[c]);
    int column1 = live.columns()[c + 1];
    int w1 = column1 * perColumn;
    int p1 = a.starts()[column1];
    FloatVector x1 = FloatVector.broadcast(S, live.values()[c + 1]);
    int column2 = live.columns()[c + 2];
    int w2 = column2 * perColumn;
    int p2 = a.starts()[column2];
    FloatVector x2 = FloatVector.broadcast(S, live.values()[c + 2]);
    int column3 = live.columns()[c + 3];
    int w3 = column3 * perColumn;
    int p3 = a.starts()[column3];
    FloatVector x3 = FloatVector.broadcast(S, live.values()[c + 3]);
    FloatVector zero = FloatVector.zero(S);
    int base = a.firstRow();
    for (int row = 0; row < a.height(); row += L) {
      int word = row >> 6;
      FloatVector sum = FloatVector.fromArray(S, y, base + row);
      VectorMask<Float> m;
      FloatVector v;
      long bits;
      bits = words[w0 + word] >>> row & LANE_BITS;
      m = VectorMask.fromLong(S, bits);
      v = (FloatVector) Expand.EXPAND.invokeExact(FloatVector.fromArray(S, values, p0), m);
      sum = v.fma(zero.blend(x0, m), sum);
      p0 += Long.bitCount(bits);
      bits = words[w1 + word] >>> row & LANE_BITS;
      m = VectorMask.fromLong(S, bits);
      v = (FloatVector) Expand.EXPAND.invokeExact(FloatVector.fromArray(S, values, p1), m);
      sum = v.fma(zero.blend(x1, m), sum);
      p1 += Long.bitCount(bits);
      bits = words[w2 + word] >>> row & LANE_BITS;
      m = VectorMask.fromLong(S, bits);
      v = (FloatVector) Expand.EXPAND.invokeExact(FloatVector.fromArray(S, values, p2), m);
      sum = v.fma(zero.blend(x2, m), sum);
      p2 += Long.bitCount(bits);
      bits = words[w3 + word] >>> row & LANE_BITS;
      m = VectorMask.fromLong(S, bits);
      v = (FloatVector) Expand.EXPAND.invokeExact(FloatVector.fromArray(S, values, p3), m);
      sum = v.fma(zero.blend(x3, m), sum);
      p3 += Long.bitCount(bits);
      sum.intoArray(y, base + row);
    }
  }

  @Override
  public void blockColumns(BlockColumns a, LiveColumns live, float[] y) {
    for (int c = 0; c < live.count(); c++) {
      blockColumn(a, live.columns()[c], live.values()[c], y);
    }
  }

  private static void blockColumn(BlockColumns a, int column, float factor, float[] y) {
    char[] groups = a.groups();
    float[] values = a.values();
    int base = a.firstRow();
    FloatVector x = broadcast(factor);
    int i = a.starts()[column];
    int end = a.starts()[column + 1];
    for (; i + 1 < end; i += 2) {
      int r0 = base + 4 * groups[i];
      int r1 = base + 4 * groups[i + 1];
      FloatVector s0 = load4(values, 4 * i).fma(x, load4(y, r0));
      FloatVector s1 = load4(values, 4 * i + 4).fma(x, load4(y, r1));
      s0.intoArray(y, r0);
      s1.intoArray(y, r1);
    }
    if (i < end) {
      int row = base + 4 * groups[i];
      load4(values, 4 * i).fma(x, load4(y, row)).intoArray(y, row);
    }
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(S4, value);
  }

  private static FloatVector load4(float[] data, int at) {
    return FloatVector.fromArray(S4, data, at);
  }
}
