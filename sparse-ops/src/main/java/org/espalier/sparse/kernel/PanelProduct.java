package org.espalier.sparse.kernel;

/**
 * Y = A * X by panels: a few vectors of columns of X at a time, cut into blocks of rows that are
 * packed one after the other into a buffer small enough for the first-level cache, and multiplied
 * with all rows of A while they are there. The sums of a panel wait in a second buffer, which the
 * next block goes on with and the last one leaves for Y.
 *
 * <p>If A has a single block, sums go straight to Y; if it was told not to pack, X is read in
 * place.
 *
 * @param groups A
 * @param widest panels have at most so many vectors
 * @param packed whether X is packed; not packing takes a matrix of one block
 */
record PanelProduct(RowGroups groups, int widest, boolean packed) {

  /** Panels differ in width by a vector: with fewer per part, rows are shared more evenly. */
  private static final int PANELS_PER_PART = 4;

  /** Floats of a cache line. */
  private static final int LINE = 16;

  /** The sums of this many floats (512 KiB) stay in the second-level cache. */
  private static final int SUMS = 1 << 17;

  PanelProduct {
    if (!packed && groups.blocks().size() > 1) {
      throw new IllegalArgumentException("X in place takes one block, found " + groups);
    }
  }

  /**
   * Computes one part of Y; nothing is checked. Parts share the panels if there are enough, else
   * the rows: then each packs X for itself, which costs less than waiting for another.
   *
   * @param part which, from 0
   * @param parts of how many
   */
  void run(PanelKernels kernels, Operands operands, int part, int parts) {
    if (groups.rows() == 0) {
      return; // then n is bounded by no array, and there may be any number of panels
    }
    Workspace workspace = Workspace.ofThread();
    int most = Math.min(widest, kernels.widest(groups.kind()));
    PanelColumns[] panels = workspace.panels(operands.n(), kernels.lanes(), most);
    boolean byPanels = panels.length >= PANELS_PER_PART * parts;
    int begin = byPanels ? share(panels.length, part, parts) : 0;
    int end = byPanels ? share(panels.length, part + 1, parts) : panels.length;
    int firstChunk = byPanels ? 0 : chunkAt(part, parts);
    int endChunk = byPanels ? groups.chunks() : chunkAt(part + 1, parts);
    if (firstChunk == endChunk) {
      return;
    }
    for (int p = begin; p < end; p++) {
      rows(kernels, firstChunk, endChunk, panels[p], operands, workspace);
    }
    workspace.release();
  }

  private static int share(int count, int part, int parts) {
    return (int) ((long) count * part / parts);
  }

  /** Returns the chunk whose end comes nearest to this part's share of the work. */
  private int chunkAt(int part, int parts) {
    int chunks = groups.chunks();
    if (part == parts) {
      return chunks;
    }
    long wanted = groups.workBefore(chunks) * part / parts;
    int chunk = 0;
    while (chunk < chunks && groups.workBefore(chunk + 1) <= wanted) {
      chunk++;
    }
    boolean nextIsNearer =
        chunk < chunks && groups.workBefore(chunk + 1) - wanted < wanted - groups.workBefore(chunk);
    return nextIsNearer ? chunk + 1 : chunk;
  }

  /** Multiplies with all blocks, as many rows at a time as may have their sums in the cache. */
  private void rows(
      PanelKernels kernels,
      int firstChunk,
      int endChunk,
      PanelColumns columns,
      Operands operands,
      Workspace workspace) {
    boolean direct = groups.blocks().size() == 1 && !needsFinish(columns, operands.epilogue());
    int begin = firstChunk;
    while (begin < endChunk) {
      int end = begin + 1;
      int first = groups.chunkRow(begin);
      while (end < endChunk
          && (direct || (long) (groups.chunkRow(end + 1) - first) * columns.width() <= SUMS)) {
        end++;
      }
      blocks(kernels, begin, end, columns, operands, workspace);
      begin = end;
    }
  }

  /** The residual is added, and padding left out, in a pass of its own. */
  private static boolean needsFinish(PanelColumns columns, Epilogue epilogue) {
    return columns.padded() || epilogue.residual() != null;
  }

  private void blocks(
      PanelKernels kernels,
      int firstChunk,
      int endChunk,
      PanelColumns columns,
      Operands operands,
      Workspace workspace) {
    int width = columns.width();
    int first = groups.chunkRow(firstChunk);
    int rows = groups.chunkRow(endChunk) - first;
    Epilogue epilogue = operands.epilogue();
    boolean finish = needsFinish(columns, epilogue);
    int last = groups.blocks().size() - 1;
    int deepest = packed || columns.padded() ? groups.deepest() : 0;
    // Sums begin on a cache line.
    int sums = Workspace.BASE + (deepest * width + LINE - 1 & -LINE);
    float[] buffer = workspace.floats(sums + (last == 0 && !finish ? 0 : rows * width));
    Pass pass = workspace.pass;
    pass.sums = buffer;
    pass.sumsBase = sums - first * width;
    pass.bias = epilogue.bias();
    for (int b = 0; b <= last; b++) {
      RowGroups.Block block = groups.blocks().get(b);
      pass.resume = b > 0;
      from(kernels, block, columns, operands, buffer, pass);
      to(columns, b == last && !finish ? operands : null, pass);
      kernels
          .groups(groups.kind(), groups.coded())
          .run(
              block,
              groups.chunkGroup(firstChunk),
              groups.chunkGroup(endChunk),
              columns.vectors(),
              pass);
    }
    if (finish) {
      pass.x = buffer;
      pass.xBase = sums;
      kernels.finish(pass, first, rows, columns, epilogue, operands.y());
    }
  }

  /** Points the pass to a block's rows of X. */
  private void from(
      PanelKernels kernels,
      RowGroups.Block block,
      PanelColumns columns,
      Operands operands,
      float[] buffer,
      Pass pass) {
    if (packed || columns.padded()) {
      kernels.pack(operands.x(), block.firstColumn(), block.depth(), columns, buffer);
      pass.x = buffer;
      pass.xBase = Workspace.BASE;
      pass.xStride = columns.width();
      pass.xTail = columns.width() - columns.lanes();
    } else {
      pass.x = operands.x();
      pass.xBase = columns.first();
      pass.xStride = columns.n();
      pass.xTail = columns.last() - columns.first();
    }
    pass.contiguous = pass.xTail == columns.width() - columns.lanes();
  }

  /** Points the pass to Y, or to the sums if there are no operands. */
  private static void to(PanelColumns columns, Operands operands, Pass pass) {
    if (operands == null) {
      pass.y = pass.sums;
      pass.yBase = pass.sumsBase;
      pass.yStride = columns.width();
      pass.yTail = columns.width() - columns.lanes();
      pass.relu = false;
    } else {
      pass.y = operands.y();
      pass.yBase = columns.first();
      pass.yStride = columns.n();
      pass.yTail = columns.last() - columns.first();
      pass.relu = operands.epilogue().relu();
    }
  }
}
