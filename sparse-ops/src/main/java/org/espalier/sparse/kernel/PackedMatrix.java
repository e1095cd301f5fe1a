package org.espalier.sparse.kernel;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.format.NmPacked;
import org.espalier.sparse.format.SharedCsr;
import org.espalier.sparse.format.SparseMatrix;

/**
 * A matrix prepared for products: analysed once, laid out for the loops that suit its shape,
 * density and pattern. Immutable; any number of threads may multiply with it at once.
 *
 * <p>All formats are brought to the same layouts when they are packed, straight from what they
 * store: blocks of 4 x 1 and larger are found again by their columns, also in rows that were
 * shuffled nearby. N:M and bitmasks have no loops of their own: each entry becomes a column of 16
 * bits. At 2:4, rows share loads of X as in any matrix that is half zeros.
 *
 * <p>Weights that are not stored take no part, so a NaN or infinity in X reaches Y only through
 * stored entries; where four rows are stored as one block, through the entries of any of them;
 * where {@link #kernel} says dense, all elements take part. Packed for {@linkplain
 * Packing#withInputDensity sparse} X of one column, zeros of X take no part either, whatever they
 * would be multiplied with.
 */
public final class PackedMatrix {

  private final int rows;
  private final int columns;
  private final int nonZeros;
  private final String kernel;
  private final String details;
  private final String reason;
  private final double fill;
  private final long bytes;

  /** Runs part {@code part} of {@code parts} of a product. */
  private final Run run;

  private PackedMatrix(Csr matrix, Packing packing, SparseKernels kernels, String origin) {
    this.rows = matrix.rows();
    this.columns = matrix.columns();
    this.nonZeros = matrix.nonZeros();
    this.fill = BlockFill.of(matrix);
    if (packing.columns() == 1 && packing.layout() == null) {
      VectorKernels vectors = KernelProvider.vectors(kernels);
      VectorChoice choice = VectorChoice.of(matrix, fill, packing.inputDensity(), vectors);
      VectorProduct product = new VectorProduct(choice.layout(), rows, columns);
      this.run = (operands, part, parts) -> product.run(vectors, operands, part, parts);
      this.kernel = choice.layout().label();
      this.details = "for a single column";
      this.reason = origin + choice.reason();
      this.bytes = choice.layout().bytes();
      return;
    }
    PanelPlan plan = PanelPlan.of(matrix, packing, kernels.lanes());
    this.run = plan.run(KernelProvider.panels(kernels));
    this.kernel = plan.label();
    this.details = plan.details();
    this.reason = origin + plan.reason();
    this.bytes = plan.product().groups().bytes();
  }

  private PackedMatrix(SharedCsr matrix, Packing packing, SparseKernels kernels) {
    this.rows = matrix.rows();
    this.columns = matrix.columns();
    this.nonZeros = matrix.nonZeros();
    Csr floats = matrix.toCsr();
    this.fill = BlockFill.of(floats);
    PanelPlan plan = PanelPlan.of(floats, packing, kernels.lanes()).withCodes(matrix.codebook());
    this.run = plan.run(KernelProvider.panels(kernels));
    this.kernel = plan.label();
    this.details = plan.details();
    this.reason = plan.reason();
    this.bytes = plan.product().groups().bytes();
  }

  /** A product of the layout that was chosen, with its kernels. */
  interface Run {
    void run(Operands operands, int part, int parts);
  }

  /**
   * Packs a matrix for the kernels in use.
   *
   * @param matrix in any format; not kept, and checked again, as its arrays are live
   * @throws InvalidInputException if the matrix was damaged after it was made
   */
  public static PackedMatrix of(SparseMatrix matrix, Packing packing) {
    return of(matrix, packing, SparseOps.kernels());
  }

  /**
   * Packs a matrix for given kernels, for comparisons and tests.
   *
   * @param kernels of {@link KernelProvider#of}
   * @throws InvalidInputException if the matrix was damaged after it was made
   */
  public static PackedMatrix of(SparseMatrix matrix, Packing packing, SparseKernels kernels) {
    Objects.requireNonNull(packing, "packing");
    String origin =
        matrix instanceof NmPacked packed
            ? "%d:%d unpacked to columns, ".formatted(packed.keep(), packed.group())
            : "";
    return new PackedMatrix(ownRows(matrix), packing, kernels, origin);
  }

  /**
   * Returns compressed rows with arrays of their own, checked: the given ones are live, and whoever
   * writes into them must not reach the kernels.
   */
  private static Csr ownRows(SparseMatrix matrix) {
    matrix.validate();
    Csr csr = matrix.toCsr();
    // Checked once more as a copy, which no other thread can change.
    return Csr.of(
        csr.rows(),
        csr.columns(),
        csr.rowPointers().clone(),
        csr.columnIndices().clone(),
        csr.values().clone());
  }

  /**
   * Packs a matrix of shared values for the kernels in use: a weight takes one byte and its column.
   * Products are those of the shared values in float32, in the same order of sums as if they were
   * stored as floats.
   *
   * @param matrix its codebook is copied
   */
  public static PackedMatrix of(SharedCsr matrix, Packing packing) {
    return of(matrix, packing, SparseOps.kernels());
  }

  /**
   * Packs a matrix of shared values for given kernels, for comparisons and tests.
   *
   * @param kernels of {@link KernelProvider#of}
   */
  public static PackedMatrix of(SharedCsr matrix, Packing packing, SparseKernels kernels) {
    Objects.requireNonNull(packing, "packing");
    return new PackedMatrix(matrix, packing, kernels);
  }

  /** Returns the rows of the matrix and of Y. */
  public int rows() {
    return rows;
  }

  /** Returns the columns of the matrix, which are the rows of X. */
  public int columns() {
    return columns;
  }

  /** Returns the non-zeros of the matrix. */
  public int nonZeros() {
    return nonZeros;
  }

  /** Returns the name of the layout that was chosen. */
  public String kernel() {
    return kernel;
  }

  /** Returns the bytes of the arrays that it holds. */
  public long bytes() {
    return bytes;
  }

  /** Returns why it was chosen, in a phrase. */
  public String reason() {
    return reason;
  }

  /**
   * Computes Y = A * X.
   *
   * @param x columns x n, row-major
   * @param n columns of X and Y, at least 1
   * @param y rows x n, overwritten; no other array of the call
   * @throws IllegalArgumentException if lengths do not fit or arrays are shared
   */
  public void multiply(float[] x, int n, float[] y) {
    multiply(x, n, y, Epilogue.NONE);
  }

  /**
   * Computes Y = A * X, then the epilogue.
   *
   * @param x columns x n, row-major
   * @param n columns of X and Y, at least 1
   * @param y rows x n, overwritten; no other array of the call
   * @param epilogue bias, residual and ReLU
   * @throws IllegalArgumentException if lengths do not fit or arrays are shared
   */
  public void multiply(float[] x, int n, float[] y, Epilogue epilogue) {
    requireFits(x, n, y, epilogue);
    Operands operands = Workspace.ofThread().operands.set(x, n, y, epilogue);
    try {
      run.run(operands, 0, 1);
    } finally {
      operands.clear();
    }
  }

  /**
   * Computes Y = A * X, then the epilogue, in parts of about equal work. The calling thread works
   * too, and takes over parts that no other thread has begun: the call ends even if the executor is
   * busy, refuses work, or is the one that runs this call.
   *
   * @param x columns x n, row-major
   * @param n columns of X and Y, at least 1
   * @param y rows x n, overwritten; no other array of the call
   * @param epilogue bias, residual and ReLU
   * @param executor runs all parts but one
   * @param parts how many, at least 1
   * @throws IllegalArgumentException if lengths do not fit or arrays are shared
   */
  public void multiply(
      float[] x, int n, float[] y, Epilogue epilogue, ExecutorService executor, int parts) {
    requireFits(x, n, y, epilogue);
    Operands operands = new Operands(x, n, y, epilogue);
    Parts.run(parts, executor, part -> run(operands, part, parts));
  }

  /** Computes one part of a product; nothing is checked. */
  void run(Operands operands, int part, int parts) {
    run.run(operands, part, parts);
  }

  private void requireFits(float[] x, int n, float[] y, Epilogue epilogue) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, found " + n);
    }
    requireLength("x", x, columns, n);
    requireLength("y", y, rows, n);
    if (epilogue.bias() != null) {
      requireLength("bias", epilogue.bias(), rows, 1);
    }
    if (epilogue.residual() != null) {
      requireLength("residual", epilogue.residual(), rows, n);
    }
    if (y == x || y == epilogue.bias() || y == epilogue.residual()) {
      throw new IllegalArgumentException("y must not be an input of the same product");
    }
  }

  private static void requireLength(String name, float[] array, int rows, int columns) {
    if (array.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%s must be %d x %d, found %d values".formatted(name, rows, columns, array.length));
    }
  }

  /**
   * Returns what was found and chosen, in lines: shape and density; the values that four rows as
   * they stand would store as blocks, for a non-zero; the layout; what it is like; bytes; the
   * reason.
   */
  public String explain() {
    return String.format(
        Locale.ROOT,
        """
        %d x %d, %d non-zeros, density %.4f
        blocks of 4 x 1 as the rows stand: %.2f values for a non-zero
        %s: %s
        %d bytes, %.2f for a non-zero
        %s""",
        rows,
        columns,
        nonZeros,
        nonZeros / Math.max(1.0, (double) rows * columns),
        fill,
        kernel,
        details,
        bytes,
        bytes / Math.max(1.0, nonZeros),
        reason);
  }

  @Override
  public String toString() {
    return "%d x %d with %d non-zeros as %s: %s".formatted(rows, columns, nonZeros, kernel, reason);
  }
}
