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
      if (inPlace(panels[p], operands)) {
        direct(kernels, firstChunk, endChunk, panels[p], operands, workspace);
      } else {
        bySums(kernels, firstChunk, endChunk, panels[p], operands, workspace);
      }
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

  private boolean inPlace(PanelColumns columns, Operands operands) {
    return groups.blocks().size() == 1
        && !columns.padded()
        && operands.epilogue().residual() == null;
  }

  private void direct(
      PanelKernels kernels,
      int firstChunk,
      int endChunk,
      PanelColumns columns,
      Operands operands,
      Workspace workspace) {
    RowGroups.Block block = groups.blocks().get(0);
    Pass pass = workspace.pass;
    if (packed) {
      pass.x = workspace.floats(block.depth() * columns.width());
      kernels.pack(operands.x(), 0, block.depth(), columns, pass.x);
      packedX(pass, columns);
    } else {
      pass.x = operands.x();
      pass.xBase = columns.first();
      pass.xStride = columns.n();
      pass.xTail = columns.last() - columns.first();
    }
    pass.y = operands.y();
    pass.yBase = columns.first();
    pass.yStride = columns.n();
    pass.yTail = columns.last() - columns.first();
    pass.bias = operands.epilogue().bias();
    pass.resume = false;
    pass.relu = operands.epilogue().relu();
    kernels
        .groups(groups.kind())
        .run(
            block,
            groups.chunkGroup(firstChunk),
            groups.chunkGroup(endChunk),
            columns.vectors(),
            pass);
  }

  private void bySums(
      PanelKernels kernels,
      int firstChunk,
      int endChunk,
      PanelColumns columns,
      Operands operands,
      Workspace workspace) {
    int width = columns.width();
    int begin = firstChunk;
    while (begin < endChunk) {
      int end = begin + 1;
      int first = groups.chunkRow(begin);
      while (end < endChunk && (long) (groups.chunkRow(end + 1) - first) * width <= SUMS) {
        end++;
      }
      RowRange rows = new RowRange(first, groups.chunkRow(end));
      sums(kernels, new RowRange(begin, end), rows, columns, operands, workspace);
      begin = end;
    }
  }

  private void sums(
      PanelKernels kernels,
      RowRange chunks,
      RowRange rows,
      PanelColumns columns,
      Operands operands,
      Workspace workspace) {
    int width = columns.width();
    int deepest = 0;
    for (int b = 0; b < groups.blocks().size(); b++) {
      deepest = Math.max(deepest, groups.blocks().get(b).depth());
    }
    // Sums begin on a cache line: whole lines for any width, as a panel's width is whole vectors.
    int sums = (deepest * width + 63 & -64) + Workspace.BASE;
    float[] buffer = workspace.floats(sums + (rows.end() - rows.begin()) * width);
    Pass pass = workspace.pass;
    pass.x = buffer;
    pass.y = buffer;
    pass.yBase = sums - rows.begin() * width;
    pass.yStride = width;
    pass.yTail = width - columns.lanes();
    pass.bias = operands.epilogue().bias();
    pass.relu = false;
    packedX(pass, columns);
    for (int b = 0; b < groups.blocks().size(); b++) {
      RowGroups.Block block = groups.blocks().get(b);
      kernels.pack(operands.x(), block.firstColumn(), block.depth(), columns, buffer);
      pass.resume = b > 0;
      kernels
          .groups(groups.kind())
          .run(
              block,
              groups.chunkGroup(chunks.begin()),
              groups.chunkGroup(chunks.end()),
              columns.vectors(),
              pass);
    }
    kernels.finish(buffer, sums, rows, columns, operands.epilogue(), operands.y());
  }

  private static void packedX(Pass pass, PanelColumns columns) {
    pass.xBase = Workspace.BASE;
    pass.xStride = columns.width();
    pass.xTail = columns.width() - columns.lanes();
  }
}
