package org.espalier.sparse.kernel;

import java.nio.ByteBuffer;
import org.espalier.sparse.format.Csr;

/** The twin of the SIMD kernels in plain Java: the fallback, and what they are tested against. */
final class ScalarKernels implements SparseKernels {

  static final String NAME = "scalar";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void spmm(Csr a, RowRange rows, float[] x, int n, float[] y, Epilogue epilogue) {
    for (int row = rows.begin(); row < rows.end(); row++) {
      int column = 0;
      for (; column + 4 <= n; column += 4) {
        fourColumns(a, row, x, n, y, column, epilogue);
      }
      for (; column < n; column++) {
        oneColumn(a, row, x, n, y, column, epilogue);
      }
    }
  }

  private static void fourColumns(
      Csr a, int row, float[] x, int n, float[] y, int column, Epilogue epilogue) {
    int[] columns = a.columnIndices();
    float[] values = a.values();
    float s0 = epilogue.biasOf(row);
    float s1 = s0;
    float s2 = s0;
    float s3 = s0;
    int end = a.rowPointers()[row + 1];
    for (int i = a.rowPointers()[row]; i < end; i++) {
      float value = values[i];
      int at = columns[i] * n + column;
      s0 += value * x[at];
      s1 += value * x[at + 1];
      s2 += value * x[at + 2];
      s3 += value * x[at + 3];
    }
    int out = row * n + column;
    y[out] = finish(s0, epilogue);
    y[out + 1] = finish(s1, epilogue);
    y[out + 2] = finish(s2, epilogue);
    y[out + 3] = finish(s3, epilogue);
  }

  private static void oneColumn(
      Csr a, int row, float[] x, int n, float[] y, int column, Epilogue epilogue) {
    float sum = epilogue.biasOf(row);
    int end = a.rowPointers()[row + 1];
    for (int i = a.rowPointers()[row]; i < end; i++) {
      sum += a.values()[i] * x[a.columnIndices()[i] * n + column];
    }
    y[row * n + column] = finish(sum, epilogue);
  }

  @Override
  public void spmv(Csr a, RowRange rows, float[] x, float[] y, Epilogue epilogue) {
    int[] columns = a.columnIndices();
    float[] values = a.values();
    for (int row = rows.begin(); row < rows.end(); row++) {
      int i = a.rowPointers()[row];
      int end = a.rowPointers()[row + 1];
      // Four chains: one would wait for each addition in turn.
      float s0 = epilogue.biasOf(row);
      float s1 = 0f;
      float s2 = 0f;
      float s3 = 0f;
      for (; i + 4 <= end; i += 4) {
        s0 += values[i] * x[columns[i]];
        s1 += values[i + 1] * x[columns[i + 1]];
        s2 += values[i + 2] * x[columns[i + 2]];
        s3 += values[i + 3] * x[columns[i + 3]];
      }
      for (; i < end; i++) {
        s0 += values[i] * x[columns[i]];
      }
      y[row] = finish((s0 + s1) + (s2 + s3), epilogue);
    }
  }

  private static float finish(float sum, Epilogue epilogue) {
    return epilogue.relu() ? Math.max(sum, 0f) : sum;
  }

  @Override
  public void zeroPruned(long[] words, int count, ByteBuffer floats) {
    for (int w = 0; w < words.length; w++) {
      int first = w << 6;
      // The bits past the last float are clear in a mask; they stand for nothing.
      long live = count - first >= 64 ? -1L : (1L << count - first) - 1;
      for (long dead = ~words[w] & live; dead != 0; dead &= dead - 1) {
        floats.putInt(first + Long.numberOfTrailingZeros(dead) << 2, 0);
      }
    }
  }

  @Override
  public long fmaProbe(int rounds, float[] sink) {
    float factor = 1f + 1e-7f * rounds;
    float s0 = sink[0];
    float s1 = s0 + 1f;
    float s2 = s0 + 2f;
    float s3 = s0 + 3f;
    float s4 = s0 + 4f;
    float s5 = s0 + 5f;
    float s6 = s0 + 6f;
    float s7 = s0 + 7f;
    for (int i = 0; i < rounds; i++) {
      s0 = s0 * 0.5f + factor;
      s1 = s1 * 0.5f + factor;
      s2 = s2 * 0.5f + factor;
      s3 = s3 * 0.5f + factor;
      s4 = s4 * 0.5f + factor;
      s5 = s5 * 0.5f + factor;
      s6 = s6 * 0.5f + factor;
      s7 = s7 * 0.5f + factor;
    }
    sink[0] = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    return 16L * rounds;
  }

  @Override
  public long loadProbe(float[] data, int window, int floats, float[] sink) {
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    for (int i = 0; i < floats; i += 4) {
      int at = 12 + (i & window - 1);
      s0 += data[at];
      s1 += data[at + 1];
      s2 += data[at + 2];
      s3 += data[at + 3];
    }
    sink[0] = (s0 + s1) + (s2 + s3);
    return 4L * floats;
  }
}
