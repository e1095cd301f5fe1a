package org.espalier.sparse.kernel.simd;

import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.RowRange;
import org.espalier.sparse.kernel.SparseKernels;

/**
 * Sparse times dense with explicit vectors. X is cut into panels of up to four vectors of columns;
 * a panel is copied into an aligned buffer, and for each row of A its four accumulators stay in
 * registers over all entries of the row. (Register blocking of a sparse product over the dense
 * operand's columns as in Hong et al., Adaptive Sparse Tiling for Sparse Matrix Multiplication,
 * PPoPP 2019, and the packing of panels as in Goto, van de Geijn, Anatomy of High-Performance
 * Matrix Multiplication, ACM TOMS 34(3), 2008.)
 *
 * <p>The loops of the four panel widths are written out: vectors in arrays, or handed from method
 * to method, would be allocated on the heap.
 */
public final class SimdKernels implements SparseKernels {

  private static final VectorSpecies<Float> SPECIES = Lanes.species(MethodHandles.lookup());
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  private static final IntVector TO_SIGN =
      IntVector.broadcast(INTS, 31).sub(IntVector.zero(INTS).addIndex(1));
  private static final int WIDEST = 4;
  private static final int LARGEST_PANEL = Integer.MAX_VALUE - 64;

  private final SparseKernels scalar;

  /** See {@link SimdFactory#ofBits}. */
  public SimdKernels(SparseKernels scalar) {
    this.scalar = scalar;
  }

  @Override
  public String name() {
    return "simd-" + SPECIES.vectorBitSize();
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void spmm(Csr a, RowRange rows, float[] x, int n, float[] y, Epilogue epilogue) {
    int vectors = (n - 1) / LANES + 1;
    // Panels of nearly equal width: 13 vectors make 4 + 3 + 3 + 3, not 4 + 4 + 4 + 1.
    int panels = (vectors + WIDEST - 1) / WIDEST;
    int widest = (vectors + panels - 1) / panels;
    if ((long) a.columns() * widest * LANES > LARGEST_PANEL) {
      scalar.spmm(a, rows, x, n, y, epilogue);
      return;
    }
    float[] buffer = Scratch.of(a.columns() * widest * LANES);
    int first = 0;
    for (int p = 0; p < panels; p++) {
      int width = (vectors - first + panels - p - 1) / (panels - p);
      int last = Math.max(0, Math.min((first + width - 1) * LANES, n - LANES));
      Panel panel = new Panel(buffer, Scratch.BASE, width * LANES, width, first * LANES, last);
      pack(x, n, a.columns(), panel);
      if (n < LANES) {
        narrow(a, rows, panel, y, n, epilogue);
      } else {
        switch (width) {
          case 1 -> rows1(a, rows, panel, y, n, epilogue);
          case 2 -> rows2(a, rows, panel, y, n, epilogue);
          case 3 -> rows3(a, rows, panel, y, n, epilogue);
          default -> rows4(a, rows, panel, y, n, epilogue);
        }
      }
      first += width;
    }
  }

  private static void pack(float[] x, int n, int k, Panel panel) {
    float[] data = panel.data();
    int to = panel.base();
    if (n < LANES) {
      for (int row = 0; row < k; row++, to += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
          data[to + lane] = lane < n ? x[row * n + lane] : 0f;
        }
      }
      return;
    }
    int whole = (panel.vectors() - 1) * LANES;
    for (int row = 0; row < k; row++, to += panel.stride()) {
      int from = row * n + panel.column();
      for (int i = 0; i < whole; i += LANES) {
        FloatVector.fromArray(SPECIES, x, from + i).intoArray(data, to + i);
      }
      FloatVector.fromArray(SPECIES, x, row * n + panel.lastColumn()).intoArray(data, to + whole);
    }
  }

  private static void rows4(Csr a, RowRange rows, Panel panel, float[] y, int n, Epilogue e) {
    int[] pointers = a.rowPointers();
    int[] columns = a.columnIndices();
    float[] values = a.values();
    float[] data = panel.data();
    int base = panel.base();
    int stride = panel.stride();
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int row = rows.begin(); row < rows.end(); row++) {
      FloatVector s0 = FloatVector.broadcast(SPECIES, e.biasOf(row));
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int end = pointers[row + 1];
      for (int i = pointers[row]; i < end; i++) {
        FloatVector value = FloatVector.broadcast(SPECIES, values[i]);
        int at = base + columns[i] * stride;
        s0 = value.fma(FloatVector.fromArray(SPECIES, data, at), s0);
        s1 = value.fma(FloatVector.fromArray(SPECIES, data, at + LANES), s1);
        s2 = value.fma(FloatVector.fromArray(SPECIES, data, at + 2 * LANES), s2);
        s3 = value.fma(FloatVector.fromArray(SPECIES, data, at + 3 * LANES), s3);
      }
      if (e.relu()) {
        s0 = Lanes.exact(SPECIES, s0).max(zero);
        s1 = Lanes.exact(SPECIES, s1).max(zero);
        s2 = Lanes.exact(SPECIES, s2).max(zero);
        s3 = Lanes.exact(SPECIES, s3).max(zero);
      }
      int out = row * n + panel.column();
      Lanes.exact(SPECIES, s0).intoArray(y, out);
      Lanes.exact(SPECIES, s1).intoArray(y, out + LANES);
      Lanes.exact(SPECIES, s2).intoArray(y, out + 2 * LANES);
      Lanes.exact(SPECIES, s3).intoArray(y, row * n + panel.lastColumn());
    }
  }

  private static void rows3(Csr a, RowRange rows, Panel panel, float[] y, int n, Epilogue e) {
    int[] pointers = a.rowPointers();
    int[] columns = a.columnIndices();
    float[] values = a.values();
    float[] data = panel.data();
    int base = panel.base();
    int stride = panel.stride();
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int row = rows.begin(); row < rows.end(); row++) {
      FloatVector s0 = FloatVector.broadcast(SPECIES, e.biasOf(row));
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      int end = pointers[row + 1];
      for (int i = pointers[row]; i < end; i++) {
        FloatVector value = FloatVector.broadcast(SPECIES, values[i]);
        int at = base + columns[i] * stride;
        s0 = value.fma(FloatVector.fromArray(SPECIES, data, at), s0);
        s1 = value.fma(FloatVector.fromArray(SPECIES, data, at + LANES), s1);
        s2 = value.fma(FloatVector.fromArray(SPECIES, data, at + 2 * LANES), s2);
      }
      if (e.relu()) {
        s0 = Lanes.exact(SPECIES, s0).max(zero);
        s1 = Lanes.exact(SPECIES, s1).max(zero);
        s2 = Lanes.exact(SPECIES, s2).max(zero);
      }
      int out = row * n + panel.column();
      Lanes.exact(SPECIES, s0).intoArray(y, out);
      Lanes.exact(SPECIES, s1).intoArray(y, out + LANES);
      Lanes.exact(SPECIES, s2).intoArray(y, row * n + panel.lastColumn());
    }
  }

  private static void rows2(Csr a, RowRange rows, Panel panel, float[] y, int n, Epilogue e) {
    int[] pointers = a.rowPointers();
    int[] columns = a.columnIndices();
    float[] values = a.values();
    float[] data = panel.data();
    int base = panel.base();
    int stride = panel.stride();
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int row = rows.begin(); row < rows.end(); row++) {
      FloatVector s0 = FloatVector.broadcast(SPECIES, e.biasOf(row));
      FloatVector s1 = s0;
      // A second pair: two chains alone would wait for the latency of each multiply-add.
      FloatVector t0 = zero;
      FloatVector t1 = zero;
      int i = pointers[row];
      int end = pointers[row + 1];
      for (; i + 1 < end; i += 2) {
        FloatVector value = FloatVector.broadcast(SPECIES, values[i]);
        int at = base + columns[i] * stride;
        s0 = value.fma(FloatVector.fromArray(SPECIES, data, at), s0);
        s1 = value.fma(FloatVector.fromArray(SPECIES, data, at + LANES), s1);
        FloatVector next = FloatVector.broadcast(SPECIES, values[i + 1]);
        int then = base + columns[i + 1] * stride;
        t0 = next.fma(FloatVector.fromArray(SPECIES, data, then), t0);
        t1 = next.fma(FloatVector.fromArray(SPECIES, data, then + LANES), t1);
      }
      if (i < end) {
        FloatVector value = FloatVector.broadcast(SPECIES, values[i]);
        int at = base + columns[i] * stride;
        s0 = value.fma(FloatVector.fromArray(SPECIES, data, at), s0);
        s1 = value.fma(FloatVector.fromArray(SPECIES, data, at + LANES), s1);
      }
      s0 = Lanes.exact(SPECIES, s0).add(t0);
      s1 = Lanes.exact(SPECIES, s1).add(t1);
      if (e.relu()) {
        s0 = Lanes.exact(SPECIES, s0).max(zero);
        s1 = Lanes.exact(SPECIES, s1).max(zero);
      }
      Lanes.exact(SPECIES, s0).intoArray(y, row * n + panel.column());
      Lanes.exact(SPECIES, s1).intoArray(y, row * n + panel.lastColumn());
    }
  }

  private static void rows1(Csr a, RowRange rows, Panel panel, float[] y, int n, Epilogue e) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int row = rows.begin(); row < rows.end(); row++) {
      FloatVector sum = rowOfOneVector(a, row, panel, e);
      if (e.relu()) {
        sum = Lanes.exact(SPECIES, sum).max(zero);
      }
      Lanes.exact(SPECIES, sum).intoArray(y, row * n + panel.lastColumn());
    }
  }

  /** X has fewer columns than a vector has lanes: results take a detour, so as to end in time. */
  private static void narrow(Csr a, RowRange rows, Panel panel, float[] y, int n, Epilogue e) {
    float[] out = new float[LANES];
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int row = rows.begin(); row < rows.end(); row++) {
      FloatVector sum = rowOfOneVector(a, row, panel, e);
      if (e.relu()) {
        sum = Lanes.exact(SPECIES, sum).max(zero);
      }
      Lanes.exact(SPECIES, sum).intoArray(out, 0);
      System.arraycopy(out, 0, y, row * n, n);
    }
  }

  private static FloatVector rowOfOneVector(Csr a, int row, Panel panel, Epilogue e) {
    int[] columns = a.columnIndices();
    float[] values = a.values();
    float[] data = panel.data();
    int base = panel.base();
    FloatVector s = FloatVector.broadcast(SPECIES, e.biasOf(row));
    FloatVector t = FloatVector.zero(SPECIES);
    FloatVector u = t;
    FloatVector v = t;
    int i = a.rowPointers()[row];
    int end = a.rowPointers()[row + 1];
    for (; i + 3 < end; i += 4) {
      s = load(data, base + columns[i] * LANES).fma(broadcast(values[i]), s);
      t = load(data, base + columns[i + 1] * LANES).fma(broadcast(values[i + 1]), t);
      u = load(data, base + columns[i + 2] * LANES).fma(broadcast(values[i + 2]), u);
      v = load(data, base + columns[i + 3] * LANES).fma(broadcast(values[i + 3]), v);
    }
    for (; i < end; i++) {
      s = load(data, base + columns[i] * LANES).fma(broadcast(values[i]), s);
    }
    return Lanes.exact(SPECIES, s).add(t).add(Lanes.exact(SPECIES, u).add(v));
  }

  private static FloatVector load(float[] data, int at) {
    return FloatVector.fromArray(SPECIES, data, at);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  @Override
  public void spmv(Csr a, RowRange rows, float[] x, float[] y, Epilogue epilogue) {
    int[] pointers = a.rowPointers();
    int[] columns = a.columnIndices();
    float[] values = a.values();
    for (int row = rows.begin(); row < rows.end(); row++) {
      int i = pointers[row];
      int end = pointers[row + 1];
      float sum = epilogue.biasOf(row);
      if (end - i >= 2 * LANES) {
        FloatVector s = FloatVector.zero(SPECIES);
        FloatVector t = s;
        for (; i + 2 * LANES <= end; i += 2 * LANES) {
          FloatVector xs = FloatVector.fromArray(SPECIES, x, 0, columns, i);
          s = FloatVector.fromArray(SPECIES, values, i).fma(xs, s);
          FloatVector xt = FloatVector.fromArray(SPECIES, x, 0, columns, i + LANES);
          t = FloatVector.fromArray(SPECIES, values, i + LANES).fma(xt, t);
        }
        sum += Lanes.exact(SPECIES, s).add(t).reduceLanes(VectorOperators.ADD);
      }
      float other = 0f;
      for (; i + 1 < end; i += 2) {
        sum += values[i] * x[columns[i]];
        other += values[i + 1] * x[columns[i + 1]];
      }
      if (i < end) {
        sum += values[i] * x[columns[i]];
      }
      sum += other;
      y[row] = epilogue.relu() ? Math.max(sum, 0f) : sum;
    }
  }

  @Override
  public void zeroPruned(long[] words, int count, ByteBuffer floats) {
    int vectorized = count & -LANES;
    try {
      Object memory = (Object) NativeInts.MEMORY.invokeExact(floats);
      ByteOrder order = ByteOrder.nativeOrder();
      for (int i = 0; i < vectorized; i += LANES) {
        // Each lane shifts its own bit into the sign and smears it: all ones keep, all zeros clear.
        // As integers, so that NaN is cleared like anything else.
        IntVector keep =
            IntVector.broadcast(INTS, (int) (words[i >> 6] >>> i))
                .lanewise(VectorOperators.LSHL, TO_SIGN)
                .lanewise(VectorOperators.ASHR, 31);
        IntVector bits =
            (IntVector) NativeInts.LOAD.invokeExact((VectorSpecies) INTS, memory, i << 2, order);
        NativeInts.STORE.invokeExact(bits.and(keep), memory, i << 2, order);
      }
    } catch (Throwable e) {
      throw NativeInts.unchecked(e);
    }
    for (int i = vectorized; i < count; i++) {
      if ((words[i >> 6] >>> i & 1) == 0) {
        floats.putInt(i << 2, 0);
      }
    }
  }

  @Override
  public long fmaProbe(int rounds, float[] sink) {
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector term = FloatVector.broadcast(SPECIES, 1f + 1e-7f * rounds);
    FloatVector s0 = FloatVector.broadcast(SPECIES, sink[0]);
    FloatVector s1 = s0.add(1f);
    FloatVector s2 = s0.add(2f);
    FloatVector s3 = s0.add(3f);
    FloatVector s4 = s0.add(4f);
    FloatVector s5 = s0.add(5f);
    FloatVector s6 = s0.add(6f);
    FloatVector s7 = s0.add(7f);
    for (int i = 0; i < rounds; i++) {
      s0 = half.fma(s0, term);
      s1 = half.fma(s1, term);
      s2 = half.fma(s2, term);
      s3 = half.fma(s3, term);
      s4 = half.fma(s4, term);
      s5 = half.fma(s5, term);
      s6 = half.fma(s6, term);
      s7 = half.fma(s7, term);
    }
    FloatVector low = Lanes.exact(SPECIES, s0).add(s1).add(Lanes.exact(SPECIES, s2).add(s3));
    FloatVector high = Lanes.exact(SPECIES, s4).add(s5).add(Lanes.exact(SPECIES, s6).add(s7));
    sink[0] = low.add(high).reduceLanes(VectorOperators.ADD);
    return 16L * LANES * rounds;
  }

  @Override
  public long loadProbe(float[] data, int window, int floats, float[] sink) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    // One loop that wraps around: sums carried through nested loops would be boxed. Eight sums:
    // fewer would wait for the additions, not for the loads.
    for (int i = 0; i < floats; i += 8 * LANES) {
      int at = Scratch.BASE + (i & window - 1);
      s0 = FloatVector.fromArray(SPECIES, data, at).add(s0);
      s1 = FloatVector.fromArray(SPECIES, data, at + LANES).add(s1);
      s2 = FloatVector.fromArray(SPECIES, data, at + 2 * LANES).add(s2);
      s3 = FloatVector.fromArray(SPECIES, data, at + 3 * LANES).add(s3);
      s4 = FloatVector.fromArray(SPECIES, data, at + 4 * LANES).add(s4);
      s5 = FloatVector.fromArray(SPECIES, data, at + 5 * LANES).add(s5);
      s6 = FloatVector.fromArray(SPECIES, data, at + 6 * LANES).add(s6);
      s7 = FloatVector.fromArray(SPECIES, data, at + 7 * LANES).add(s7);
    }
    FloatVector low = Lanes.exact(SPECIES, s0).add(s1).add(Lanes.exact(SPECIES, s2).add(s3));
    FloatVector high = Lanes.exact(SPECIES, s4).add(s5).add(Lanes.exact(SPECIES, s6).add(s7));
    sink[0] = low.add(high).reduceLanes(VectorOperators.ADD);
    return 4L * floats;
  }
}
