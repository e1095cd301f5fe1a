package org.espalier.sparse.kernel;

import java.util.Arrays;

/**
 * The buffers of one thread for products: packed X and sums. Arrays begin 16 bytes after an 8-byte
 * boundary, which would put each 64-byte load across two cache lines. A large array, however, gets
 * heap regions of its own from G1 and so begins 16 bytes after a region boundary: from index 12 on
 * it is aligned to 64 bytes. Other collectors may place it differently; that costs speed, not
 * correctness.
 */
final class Workspace {

  /** Where aligned data begins: 16 + 12 * 4 = 64 bytes after the start of the array. */
  static final int BASE = 12;

  /** 4 MiB: no default region size of G1 makes this an ordinary object. */
  private static final int FLOATS = 1 << 20;

  /**
   * What a thread may keep, 64 MiB: the deepest block at the widest panel, and as much for sums.
   * Larger buffers are garbage after the call.
   */
  private static final int LARGEST_KEPT = 1 << 24;

  /** Numbers of columns whose panels a thread remembers: a network has few. */
  private static final int REMEMBERED = 16;

  /** Panels that a thread may keep for each of them, half a megabyte. */
  private static final int MOST_PANELS_KEPT = 1 << 10;

  private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);

  /** Filled anew for each product that is not shared. */
  final Operands operands = new Operands();

  /** Filled anew for each run. */
  final Pass pass = new Pass();

  /** For products with a single column. */
  final VectorScratch vectors = new VectorScratch();

  /** Filled anew for each tile of a convolution. */
  final Tile tile = new Tile();

  private float[] data = {};
  private final PanelColumns[][] remembered = new PanelColumns[REMEMBERED][];
  private int oldest;

  private Workspace() {}

  static Workspace ofThread() {
    return OF_THREAD.get();
  }

  /** Returns a buffer with room for {@code floats} values from {@link #BASE} on. */
  float[] floats(int floats) {
    if (data.length >= floats + BASE) {
      return data;
    }
    float[] buffer = new float[Math.max(FLOATS, floats + BASE)];
    if (buffer.length <= LARGEST_KEPT) {
      data = buffer;
    }
    return buffer;
  }

  /** Returns the panels that cover n columns, of nearly equal width, the same object if it can. */
  PanelColumns[] panels(int n, int lanes, int widest) {
    int vectors = PanelColumns.vectors(n, lanes);
    int count = (vectors - 1) / widest + 1;
    for (PanelColumns[] panels : remembered) {
      if (panels != null
          && panels.length == count
          && panels[0].n() == n
          && panels[0].lanes() == lanes) {
        return panels;
      }
    }
    PanelColumns[] made = new PanelColumns[count];
    Arrays.setAll(made, i -> PanelColumns.of(i, count, n, lanes));
    if (count <= MOST_PANELS_KEPT) {
      remembered[oldest] = made;
      oldest = (oldest + 1) % REMEMBERED;
    }
    return made;
  }

  /** Clears references to the caller's arrays. */
  void release() {
    pass.x = null;
    pass.y = null;
    pass.sums = null;
    pass.bias = null;
  }
}
