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

  /** What a thread may keep; larger buffers are garbage after the call. */
  private static final int LARGEST_KEPT = 1 << 22;

  private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);

  private static final PanelColumns[] NO_PANELS = {};

  /** Filled anew for each run. */
  final Pass pass = new Pass();

  /** For products with a single column. */
  final VectorScratch vectors = new VectorScratch();

  /** Filled anew for each tile of a convolution. */
  final Tile tile = new Tile();

  private float[] data = {};
  private PanelColumns[] panels = NO_PANELS;

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
    int count = (vectors + widest - 1) / widest;
    if (panels.length != count || panels[0].n() != n || panels[0].lanes() != lanes) {
      panels = new PanelColumns[count];
      Arrays.setAll(panels, i -> PanelColumns.of(i, count, n, lanes));
    }
    return panels;
  }

  /** Clears references to the caller's arrays. */
  void release() {
    pass.x = null;
    pass.y = null;
    pass.sums = null;
    pass.bias = null;
  }
}
