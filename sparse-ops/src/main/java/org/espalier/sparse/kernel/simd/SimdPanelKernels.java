package org.espalier.sparse.kernel.simd;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.GroupKernel;
import org.espalier.sparse.kernel.PanelColumns;
import org.espalier.sparse.kernel.PanelKernels;
import org.espalier.sparse.kernel.Pass;
import org.espalier.sparse.kernel.RowGroups;

/** Packs and finishes panels with vectors, and hands out the generated loops of its width. */
public final class SimdPanelKernels implements PanelKernels {

  private static final VectorSpecies<Float> S = Lanes.species(MethodHandles.lookup());
  private static final int L = S.length();

  /** Where aligned data begins in a buffer. */
  private static final int BASE = 12;

  private final GroupKernel[] groups;
  private final GroupKernel[] coded;

  /**
   * Kernels of a width.
   *
   * @param groups loops per {@link RowGroups.Kind}, in its order: first those for floats, then
   *     those for codes
   */
  public SimdPanelKernels(GroupKernel[] groups) {
    int kinds = RowGroups.Kind.values().length;
    this.groups = Arrays.copyOf(groups, kinds);
    this.coded = Arrays.copyOfRange(groups, kinds, 2 * kinds);
  }

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public int widest(RowGroups.Kind kind) {
    // Sums, a row of X and a weight are in registers at once: 32 with 512 bits, else 16.
    boolean many = S.vectorBitSize() == 512;
    return switch (kind) {
      case GROUPS1 -> 8;
      case GROUPS2 -> many ? 8 : 4;
      case GROUPS3 -> many ? 6 : 3;
      case BLOCKS4 -> many ? 5 : 2;
    };
  }

  @Override
  public GroupKernel groups(RowGroups.Kind kind, boolean coded) {
    return (coded ? this.coded : groups)[kind.ordinal()];
  }

  @Override
  public void pack(float[] x, int firstRow, int rows, PanelColumns columns, float[] to) {
    int n = columns.n();
    int at = BASE;
    if (columns.padded()) {
      for (int row = firstRow; row < firstRow + rows; row++, at += L) {
        for (int lane = 0; lane < L; lane++) {
          to[at + lane] = lane < n ? x[row * n + lane] : 0f;
        }
      }
      return;
    }
    int whole = columns.width() - L;
    for (int row = firstRow; row < firstRow + rows; row++, at += whole + L) {
      int from = row * n + columns.first();
      for (int i = 0; i < whole; i += L) {
        FloatVector.fromArray(S, x, from + i).intoArray(to, at + i);
      }
      FloatVector.fromArray(S, x, row * n + columns.last()).intoArray(to, at + whole);
    }
  }

  @Override
  public void finish(
      Pass pass, int firstRow, int rows, PanelColumns columns, Epilogue epilogue, float[] y) {
    if (columns.padded()) {
      finishPadded(pass, firstRow, rows, columns.n(), epilogue, y);
      return;
    }
    float[] from = pass.x;
    int end = firstRow + rows;
    int n = columns.n();
    int whole = columns.width() - L;
    int source = pass.xBase;
    if (epilogue.residual() == null && !epilogue.relu()) {
      for (int row = firstRow; row < end; row++, source += whole + L) {
        int target = row * n + columns.first();
        for (int i = 0; i < whole; i += L) {
          FloatVector.fromArray(S, from, source + i).intoArray(y, target + i);
        }
        FloatVector.fromArray(S, from, source + whole).intoArray(y, row * n + columns.last());
      }
      return;
    }
    FloatVector zero = FloatVector.zero(S);
    for (int row = firstRow; row < end; row++, source += whole + L) {
      for (int i = 0; i <= whole; i += L) {
        int target = row * n + (i < whole ? columns.first() + i : columns.last());
        FloatVector sum = FloatVector.fromArray(S, from, source + i);
        if (epilogue.residual() != null) {
          sum = sum.add(FloatVector.fromArray(S, epilogue.residual(), target));
        }
        if (epilogue.relu()) {
          sum = sum.max(zero);
        }
        sum.intoArray(y, target);
      }
    }
  }

  private static void finishPadded(
      Pass pass, int firstRow, int rows, int n, Epilogue epilogue, float[] y) {
    float[] residual = epilogue.residual();
    for (int row = firstRow; row < firstRow + rows; row++) {
      int source = pass.xBase + (row - firstRow) * L;
      for (int column = 0; column < n; column++) {
        int target = row * n + column;
        float sum = pass.x[source + column] + (residual == null ? 0f : residual[target]);
        y[target] = epilogue.relu() ? Math.max(sum, 0f) : sum;
      }
    }
  }
}
