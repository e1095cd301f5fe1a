package org.espalier.sparse.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.SparseMatrices;

/** A program that multiplies until the JVM has compiled the loops: see {@link AllocationTest}. */
final class AllocationProbe {

  static final int SIZE = 48;
  static final Csr A = Csr.ofDense(MatrixShapes.SPARSE.dense(1, SIZE, SIZE), SIZE, SIZE);

  /** Operands, ranges of rows, at most 32 bytes each; vectors as objects would be thousands. */
  static final long MOST_BYTES = 600;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Padded, one panel, several panels: n changes from call to call, as in a network. */
  private static final int[] WIDTHS = {3, 49, 150};

  private static final int CALLS = 20;
  private static final long DEADLINE = Duration.ofSeconds(30).toNanos();

  private AllocationProbe() {}

  /** Ends with 0 if products of every layout come to allocate next to nothing. */
  public static void main(String[] arguments) {
    boolean few =
        settles("scalar", RowGroups.Kind.GROUPS2, 30, true, true)
            && settles("simd", RowGroups.Kind.GROUPS1, 30, true, true)
            && settles("simd", RowGroups.Kind.BLOCKS4, 65536, false, false);
    System.exit(few ? 0 : 3);
  }

  private static boolean settles(
      String choice, RowGroups.Kind kind, int depth, boolean packed, boolean residual) {
    Layout layout = new Layout(kind, 8, depth, packed);
    PackedMatrix matrix = PackedMatrix.of(A, new Packing(SIZE, layout), KernelProvider.of(choice));
    float[][] x = new float[WIDTHS.length][];
    float[][] y = new float[WIDTHS.length][];
    Epilogue[] epilogues = new Epilogue[WIDTHS.length];
    float[] bias = SparseMatrices.dense(1, SIZE, 1, 0);
    for (int i = 0; i < WIDTHS.length; i++) {
      x[i] = SparseMatrices.dense(i, SIZE, WIDTHS[i], 0);
      y[i] = new float[SIZE * WIDTHS[i]];
      epilogues[i] = new Epilogue(bias, residual ? y[i].clone() : null, true);
    }
    long begin = System.nanoTime();
    long bytes;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < CALLS; call++) {
        for (int i = 0; i < WIDTHS.length; i++) {
          matrix.multiply(x[i], WIDTHS[i], y[i], epilogues[i]);
        }
      }
      bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / (CALLS * WIDTHS.length);
    } while (bytes > MOST_BYTES && System.nanoTime() - begin < DEADLINE);
    return bytes <= MOST_BYTES;
  }

  /** Returns what the calling thread allocates at a call, on average. */
  static long bytesOf(Runnable call) {
    call.run();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
  }
}
