package org.espalier.sparse.kernel;

import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.format.Bitmask;
import org.espalier.sparse.format.Coo;
import org.espalier.sparse.format.Csc;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.format.SparseMatrix;

/**
 * A matrix prepared for products: analysed once, laid out for the loops that suit its shape,
 * density and pattern. Immutable; any number of threads may multiply with it at once.
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
  private final String reason;

  /** Runs part {@code part} of {@code parts} of a product. */
  private final Run run;

  private PackedMatrix(Csr matrix, Packing packing, SparseKernels kernels) {
    this.rows = matrix.rows();
    this.columns = matrix.columns();
    this.nonZeros = matrix.nonZeros();
    if (packing.columns() == 1 && packing.layout() == null) {
      VectorKernels vectors = KernelProvider.vectors(kernels);
      VectorChoice choice =
          VectorChoice.of(matrix, BlockFill.of(matrix), packing.inputDensity(), vectors);
      VectorProduct product = new VectorProduct(choice.layout(), rows, columns);
      this.run = (operands, part, parts) -> product.run(vectors, operands, part, parts);
      this.kernel = choice.layout().label();
      this.reason = choice.reason();
      return;
    }
    LayoutChoice choice =
        packing.layout() == null
            ? LayoutChoice.of(matrix, BlockFill.of(matrix), packing.columns(), kernels.lanes())
            : new LayoutChoice(packing.layout(), "as told");
    Layout layout = choice.layout();
    RowGroups groups = RowGroupsBuilder.build(matrix, layout.kind(), layout.depth(), null);
    boolean packed = layout.packed() || groups.blocks().size() > 1;
    PanelKernels panels = KernelProvider.panels(kernels);
    PanelProduct product = new PanelProduct(groups, layout.widest(), packed);
    this.run = (operands, part, parts) -> product.run(panels, operands, part, parts);
    this.kernel = new Layout(layout.kind(), layout.widest(), layout.depth(), packed).label();
    this.reason = choice.reason();
  }

  /** A product of the layout that was chosen, with its kernels. */
  private interface Run {
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
    return new PackedMatrix(ownRows(matrix), packing, kernels);
  }

  /**
   * Returns compressed rows with arrays of their own, checked: the given ones are live, and whoever
   * writes into them must not reach the kernels.
   */
  private static Csr ownRows(SparseMatrix matrix) {
    matrix.validate();
    Csr csr;
    if (matrix instanceof Csr already) {
      csr = already;
    } else if (matrix instanceof Coo coo) {
      csr = coo.toCsr();
    } else if (matrix instanceof Csc csc) {
      csr = csc.toCsr();
    } else if (matrix instanceof Bitmask bitmask) {
      csr = bitmask.toCsr();
    } else {
      csr = Csr.ofDense(matrix.toDense(), matrix.rows(), matrix.columns());
    }
    // Checked once more as a copy, which no other thread can change.
    return Csr.of(
        csr.rows(),
        csr.columns(),
        csr.rowPointers().clone(),
        csr.columnIndices().clone(),
        csr.values().clone());
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
    run.run(new Operands(x, n, y, epilogue), 0, 1);
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

  @Override
  public String toString() {
    return "%d x %d with %d non-zeros as %s: %s".formatted(rows, columns, nonZeros, kernel, reason);
  }
}
