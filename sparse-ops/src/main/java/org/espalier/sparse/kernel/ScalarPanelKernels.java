package org.espalier.sparse.kernel;

import java.util.Arrays;

/** The scalar twin of the panel kernels: the same layouts and order of sums, a float at a time. */
final class ScalarPanelKernels implements PanelKernels {

  /** Columns that go together: the compiler's own vectorization has something to hold on to. */
  private static final int WIDEST = 64;

  /** Per kind, in its order: made once, not per product. */
  private static final GroupKernel[] GROUPS =
      Arrays.stream(RowGroups.Kind.values())
          .map(ScalarPanelKernels::loops)
          .toArray(GroupKernel[]::new);

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public int widest(RowGroups.Kind kind) {
    return WIDEST;
  }

  @Override
  public GroupKernel groups(RowGroups.Kind kind, boolean coded) {
    return GROUPS[kind.ordinal()];
  }

  private static GroupKernel loops(RowGroups.Kind kind) {
    return (block, begin, end, vectors, pass) -> {
      for (int group = begin; group < end; group++) {
        start(kind, block, group, vectors, pass);
        multiply(kind, block, group, vectors, pass);
        end(kind, block, group, vectors, pass);
      }
    };
  }

  private static void start(
      RowGroups.Kind kind, RowGroups.Block block, int group, int width, Pass pass) {
    for (int r = 0; r < kind.height(); r++) {
      int row = block.rows()[group * kind.height() + r];
      int y = pass.yBase + row * pass.yStride;
      if (pass.resume) {
        System.arraycopy(pass.sums, pass.sumsBase + row * width, pass.y, y, width);
      } else {
        Arrays.fill(pass.y, y, y + width, pass.bias == null ? 0f : pass.bias[row]);
      }
    }
  }

  private static void multiply(
      RowGroups.Kind kind, RowGroups.Block block, int group, int width, Pass pass) {
    int entry = block.firstEntry(group);
    int value = block.firstValue(group);
    for (int p = 0; p < kind.patternCount(); p++) {
      int end = entry + block.counts()[group * kind.patternCount() + p];
      for (; entry < end; entry++) {
        int x = pass.xBase + block.columns()[entry] * pass.xStride;
        for (int r = 0; r < kind.height(); r++) {
          if ((kind.pattern(p) >> r & 1) == 1) {
            int row = block.rows()[group * kind.height() + r];
            int y = pass.yBase + row * pass.yStride;
            float weight = block.value(value++);
            // Fill-in of missing rows is 0 * x, which a NaN or infinity in X would not survive.
            if (r > 0 && row == block.rows()[group * kind.height()]) {
              continue;
            }
            for (int i = 0; i < width; i++) {
              pass.y[y + i] = Math.fma(weight, pass.x[x + i], pass.y[y + i]);
            }
          }
        }
      }
    }
  }

  private static void end(
      RowGroups.Kind kind, RowGroups.Block block, int group, int width, Pass pass) {
    for (int r = 0; pass.relu && r < kind.height(); r++) {
      int y = pass.yBase + block.rows()[group * kind.height() + r] * pass.yStride;
      for (int i = y; i < y + width; i++) {
        pass.y[i] = Math.max(pass.y[i], 0f);
      }
    }
  }

  @Override
  public void pack(float[] x, int firstRow, int rows, PanelColumns columns, float[] to) {
    for (int row = 0; row < rows; row++) {
      int from = (firstRow + row) * columns.n() + columns.first();
      System.arraycopy(x, from, to, Workspace.BASE + row * columns.width(), columns.width());
    }
  }

  @Override
  public void finish(
      Pass from, int firstRow, int rows, PanelColumns columns, Epilogue epilogue, float[] y) {
    float[] residual = epilogue.residual();
    int source = from.xBase;
    for (int row = firstRow; row < firstRow + rows; row++) {
      int target = row * columns.n() + columns.first();
      for (int i = 0; i < columns.width(); i++, source++, target++) {
        float sum = from.x[source] + (residual == null ? 0f : residual[target]);
        y[target] = epilogue.relu() ? Math.max(sum, 0f) : sum;
      }
    }
  }
}
