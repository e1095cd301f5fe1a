package org.espalier.sparse.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ExecutorService;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.mask.Mask;

/**
 * Products of a sparse matrix with a dense one: the checked face of the kernels. All arrays are
 * row-major. Weights that are not stored take no part, so a NaN or infinity in X reaches Y only
 * through stored entries.
 *
 * <p>A matrix was checked when it was made, and is not checked again: whoever writes into its
 * arrays gets results that mean nothing, or an IndexOutOfBoundsException, but never access outside
 * Java's arrays. {@link PackedMatrix} has arrays of its own.
 */
public final class SparseOps {

  private static final SparseKernels KERNELS = KernelProvider.pick();

  private SparseOps() {}

  /** Returns the kernels in use: {@code scalar}, or {@code simd-} and the bits of a vector. */
  public static String kernelName() {
    return KERNELS.name();
  }

  /** Returns whether the kernels in use are vectorized. */
  public static boolean simdActive() {
    return KERNELS.lanes() > 1;
  }

  /** Returns the kernels in use, unchecked, for measurements of the machine. */
  public static SparseKernels kernels() {
    return KERNELS;
  }

  /**
   * Computes Y = A * X.
   *
   * @param a rows x k
   * @param x k x n
   * @param n columns of X and Y, at least 1
   * @param y rows x n, overwritten; no other array of the call
   * @throws IllegalArgumentException if lengths do not fit or arrays are shared
   */
  public static void multiply(Csr a, float[] x, int n, float[] y) {
    multiply(a, x, n, y, null, false);
  }

  /**
   * Computes Y = A * X, plus a bias per row, then the ReLU.
   *
   * @param a rows x k
   * @param x k x n
   * @param n columns of X and Y, at least 1
   * @param y rows x n, overwritten; no other array of the call
   * @param bias one value per row, or null
   * @param relu whether negative results become 0
   * @throws IllegalArgumentException if lengths do not fit or arrays are shared
   */
  public static void multiply(Csr a, float[] x, int n, float[] y, float[] bias, boolean relu) {
    requireFits(a, x, n, y, bias);
    run(a, RowRange.all(a), x, n, y, epilogue(bias, relu));
  }

  /**
   * Computes Y = A * X, plus a bias per row, then the ReLU, in parts of about equal numbers of
   * non-zeros. The calling thread works too, and takes over parts that no other thread has begun:
   * the call ends even if the executor is busy, refuses work, or is the one that runs this call.
   *
   * @param a rows x k
   * @param x k x n
   * @param n columns of X and Y, at least 1
   * @param y rows x n, overwritten; no other array of the call
   * @param epilogue bias, residual and ReLU, or {@link Epilogue#NONE}
   * @param executor runs all parts but one
   * @param parts how many, at least 1
   * @throws IllegalArgumentException if lengths do not fit or arrays are shared
   */
  public static void multiply(
      Csr a, float[] x, int n, float[] y, Epilogue epilogue, ExecutorService executor, int parts) {
    requireFits(a, x, n, y, epilogue.bias());
    if (epilogue.residual() != null) {
      requireLength("residual", epilogue.residual(), a.rows(), n);
      requireNotShared(y != epilogue.residual());
    }
    RowRange[] ranges = RowRange.split(a, parts);
    Parts.run(parts, executor, part -> run(a, ranges[part], x, n, y, epilogue));
  }

  private static void run(Csr a, RowRange rows, float[] x, int n, float[] y, Epilogue epilogue) {
    run(KERNELS, a, rows, new Operands(x, n, y, epilogue));
  }

  /** Computes rows of a product; the kernels know bias and ReLU, the residual is added after. */
  static void run(SparseKernels kernels, Csr a, RowRange rows, Operands operands) {
    if (rows.begin() == rows.end()) {
      return; // kernels would pack X for nothing
    }
    Epilogue epilogue = operands.epilogue();
    float[] residual = epilogue.residual();
    Epilogue fused = residual == null ? epilogue : new Epilogue(epilogue.bias(), false);
    int n = operands.n();
    float[] y = operands.y();
    if (n == 1) {
      kernels.spmv(a, rows, operands.x(), y, fused);
    } else {
      kernels.spmm(a, rows, operands.x(), n, y, fused);
    }
    for (int i = rows.begin() * n; residual != null && i < rows.end() * n; i++) {
      float sum = y[i] + residual[i];
      y[i] = epilogue.relu() ? Math.max(sum, 0f) : sum;
    }
  }

  private static Epilogue epilogue(float[] bias, boolean relu) {
    return bias == null && !relu ? Epilogue.NONE : new Epilogue(bias, relu);
  }

  /**
   * Sets the pruned entries of weights in memory to +0, bit for bit, whatever they were.
   *
   * @param words a bit per weight, as {@link org.espalier.sparse.mask.Mask#toWords} has them
   * @param count how many weights
   * @param weights float32, row-major, in native byte order, from index 0 on; writable
   */
  public static void zeroPruned(long[] words, int count, ByteBuffer weights) {
    if (count < 0 || words.length != Mask.wordCount(count)) {
      throw new IllegalArgumentException(
          "%d weights have %d mask words, found %d"
              .formatted(count, Mask.wordCount(Math.max(0, count)), words.length));
    }
    if (weights.limit() < (long) count * Float.BYTES
        || weights.order() != ByteOrder.nativeOrder()
        || weights.isReadOnly()) {
      throw new IllegalArgumentException(
          "%d weights need a writable buffer of %d bytes in native order, found %s, %s"
              .formatted(count, (long) count * Float.BYTES, weights, weights.order()));
    }
    // From JDK 20 on vectors see a buffer from its position on only.
    ByteBuffer all =
        weights.position() == 0
            ? weights
            : weights.duplicate().rewind().order(ByteOrder.nativeOrder());
    KERNELS.zeroPruned(words, count, all);
  }

  private static void requireFits(Csr a, float[] x, int n, float[] y, float[] bias) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, found " + n);
    }
    requireLength("x", x, a.columns(), n);
    requireLength("y", y, a.rows(), n);
    if (bias != null) {
      requireLength("bias", bias, a.rows(), 1);
    }
    requireNotShared(y != x && y != bias && y != a.values());
  }

  private static void requireNotShared(boolean separate) {
    if (!separate) {
      throw new IllegalArgumentException("y must not be an input of the same product");
    }
  }

  private static void requireLength(String name, float[] array, int rows, int columns) {
    if (array.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%s must be %d x %d, found %d values".formatted(name, rows, columns, array.length));
    }
  }
}
