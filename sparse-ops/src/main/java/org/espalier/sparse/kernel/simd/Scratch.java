package org.espalier.sparse.kernel.simd;

/**
 * The buffer of one thread for packed panels. Arrays begin 16 bytes after an 8-byte boundary, which
 * would put each 64-byte load across two cache lines. A large array, however, gets heap regions of
 * its own from G1 and so begins 16 bytes after a region boundary: from index 12 on it is aligned to
 * 64 bytes. Other collectors may place it differently; that costs speed, not correctness.
 */
final class Scratch {

  /** Where aligned data begins: 16 + 12 * 4 = 64 bytes after the start of the array. */
  static final int BASE = 12;

  /** 4 MiB: no default region size of G1 makes this an ordinary object. */
  private static final int FLOATS = 1 << 20;

  /** What a thread may keep; larger buffers are garbage after the call. */
  private static final int LARGEST_KEPT = 1 << 22;

  private static final ThreadLocal<float[]> BUFFER = new ThreadLocal<>();

  private Scratch() {}

  /** Returns a buffer with room for {@code floats} values from {@link #BASE} on. */
  static float[] of(int floats) {
    float[] buffer = BUFFER.get();
    if (buffer == null || buffer.length < floats + BASE) {
      buffer = new float[Math.max(FLOATS, floats + BASE)];
      if (buffer.length <= LARGEST_KEPT) {
        BUFFER.set(buffer);
      }
    }
    return buffer;
  }
}
