package org.espalier.sparse.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.format.SparseMatrix;

/**
 * A convolution prepared for images of one size: weights analysed once and laid out for the loops
 * that suit them. Immutable; any number of threads may convolve with it at once.
 *
 * <p>The patches that the window sees are never laid out as a whole (Chellapilla, Puri, Simard,
 * High Performance Convolutional Neural Networks for Document Processing, IWFHR 2006): a tile of
 * output pixels takes what it sees of some channels, packed into the first-level cache, through all
 * weights.
 *
 * <p>Weights that are not stored take no part, so a NaN or infinity in an image reaches the output
 * only through stored entries; where four rows are stored as one block, through the entries of any
 * of them.
 */
public final class PackedConvolution {

  private final ConvolutionShape shape;
  private final int nonZeros;
  private final ConvolutionKernels kernels;
  private final ConvolutionProduct product;
  private final String kernel;
  private final String reason;

  private PackedConvolution(Csr weights, ConvolutionShape shape, SparseKernels kernels) {
    this.shape = shape;
    this.nonZeros = weights.nonZeros();
    this.kernels = ConvolutionKernels.of(kernels);
    DepthwiseProduct depthwise = shape.depthwise() ? DepthwiseProduct.of(weights, shape) : null;
    if (depthwise != null) {
      this.product = depthwise;
      this.kernel = "depthwise";
      this.reason = "each output channel sees one input channel";
      return;
    }
    LayoutChoice choice =
        LayoutChoice.of(
            MatrixProfile.of(weights),
            BlockFill.of(weights),
            shape.outHeight() * shape.outWidth(),
            kernels.lanes());
    TileProduct tiled = tiled(weights, shape, choice.layout(), this.kernels);
    if (shape.pointwise() && shape.groups() == 1) {
      Packing packing = Packing.forColumns(shape.outHeight() * shape.outWidth());
      PackedMatrix single = PackedMatrix.of(weights, packing, kernels);
      this.product = new PointwiseProduct(single, tiled);
      this.kernel = "pointwise-" + single.kernel();
      this.reason = "one image is a matrix; " + single.reason();
      return;
    }
    this.product = tiled;
    this.kernel =
        "tiles-%s-%dx%d"
            .formatted(
                choice.layout().kind().name().toLowerCase(java.util.Locale.ROOT),
                tiled.grid().rows(),
                tiled.grid().pitch());
    this.reason = choice.reason();
  }

  private static TileProduct tiled(
      Csr weights, ConvolutionShape original, Layout layout, ConvolutionKernels kernels) {
    ConvolutionShape shape = original.pointwise() ? original.flattened() : original;
    int lanes = kernels.tiles().lanes();
    RowGroups.Kind kind = layout.kind();
    int loops = kernels.panels().widest(kind);
    int widest = lanes == 1 ? loops : Math.min(layout.widest(), loops);
    double density =
        weights.nonZeros() / Math.max(1.0, (double) weights.rows() * weights.columns());
    TileGrid grid = new TileChoice(shape, density, widest, lanes).best();
    TapRows rows = TapRows.of(shape.vertical(), grid.rows());
    // Planes of narrow rows are filled up, so that each begins at a whole vector.
    int perVector = Math.max(1, lanes / grid.pitch());
    int slots = (rows.slots() + perVector - 1) / perVector * perVector;
    int wanted = Math.max(1, TileChoice.BLOCK_FLOATS / (slots * grid.pitch()));
    List<TapPlanes> groups = new ArrayList<>();
    int each = weights.rows() / shape.groups();
    for (int group = 0; group < shape.groups(); group++) {
      Csr part = rows(weights, group * each, (group + 1) * each);
      groups.add(TapPlanes.of(part, shape, kind, rows, slots, wanted));
    }
    return new TileProduct(shape, grid, rows, slots, List.copyOf(groups));
  }

  private static Csr rows(Csr matrix, int begin, int end) {
    if (begin == 0 && end == matrix.rows()) {
      return matrix;
    }
    int first = matrix.rowPointers()[begin];
    int last = matrix.rowPointers()[end];
    int[] pointers = new int[end - begin + 1];
    for (int i = 0; i < pointers.length; i++) {
      pointers[i] = matrix.rowPointers()[begin + i] - first;
    }
    return Csr.of(
        end - begin,
        matrix.columns(),
        pointers,
        java.util.Arrays.copyOfRange(matrix.columnIndices(), first, last),
        java.util.Arrays.copyOfRange(matrix.values(), first, last));
  }

  /**
   * Packs the weights of a convolution for the kernels in use.
   *
   * @param weights the weight (out, in / groups, height, width) as a row-major matrix of {@link
   *     ConvolutionShape#weightRows} x {@link ConvolutionShape#weightColumns}, in any format; not
   *     kept
   * @param shape the sizes
   * @throws InvalidInputException if the weights do not belong to the shape
   */
  public static PackedConvolution of(SparseMatrix weights, ConvolutionShape shape) {
    return of(weights, shape, SparseOps.kernels());
  }

  /**
   * Packs the weights of a convolution for given kernels, for comparisons and tests.
   *
   * @param kernels of {@link KernelProvider#of}
   * @throws InvalidInputException if the weights do not belong to the shape
   */
  public static PackedConvolution of(
      SparseMatrix weights, ConvolutionShape shape, SparseKernels kernels) {
    Objects.requireNonNull(shape, "shape");
    if (weights.rows() != shape.weightRows() || weights.columns() != shape.weightColumns()) {
      throw new InvalidInputException(
          "convolution weights",
          "%d x %d for %s".formatted(shape.weightRows(), shape.weightColumns(), shape),
          "%d x %d".formatted(weights.rows(), weights.columns()),
          "reshape the weight to output channels x the rest");
    }
    weights.validate();
    return new PackedConvolution(weights.toCsr(), shape, kernels);
  }

  /** Returns the sizes. */
  public ConvolutionShape shape() {
    return shape;
  }

  /** Returns the non-zeros of the weights. */
  public int nonZeros() {
    return nonZeros;
  }

  /** Returns the name of the kernel that was chosen. */
  public String kernel() {
    return kernel;
  }

  /** Returns why it was chosen, in a phrase. */
  public String reason() {
    return reason;
  }

  /**
   * Convolves images.
   *
   * @param input batch x channels x height x width
   * @param batch how many images, at least 1
   * @param output batch x output channels x height x width of the output, overwritten; no other
   *     array of the call
   * @param epilogue bias per output channel, residual like the output, ReLU; or {@link
   *     Epilogue#NONE}
   * @throws IllegalArgumentException if lengths do not fit or arrays are shared
   */
  public void convolve(float[] input, int batch, float[] output, Epilogue epilogue) {
    requireFits(input, batch, output, epilogue);
    Operands operands = Workspace.ofThread().operands.set(input, positions(), output, epilogue);
    try {
      product.run(kernels, batch, operands, 0, 1);
    } finally {
      operands.clear();
    }
  }

  /**
   * Convolves images in parts of about equal work. The calling thread works too, and takes over
   * parts that no other thread has begun: the call ends even if the executor is busy, refuses work,
   * or is the one that runs this call.
   *
   * @param input batch x channels x height x width
   * @param batch how many images, at least 1
   * @param output batch x output channels x height x width of the output, overwritten; no other
   *     array of the call
   * @param epilogue bias per output channel, residual like the output, ReLU; or {@link
   *     Epilogue#NONE}
   * @param executor runs all parts but one
   * @param parts how many, at least 1
   * @throws IllegalArgumentException if lengths do not fit or arrays are shared
   */
  public void convolve(
      float[] input,
      int batch,
      float[] output,
      Epilogue epilogue,
      ExecutorService executor,
      int parts) {
    requireFits(input, batch, output, epilogue);
    Operands operands = new Operands(input, positions(), output, epilogue);
    Parts.run(parts, executor, part -> product.run(kernels, batch, operands, part, parts));
  }

  private int positions() {
    return shape.outHeight() * shape.outWidth();
  }

  private void requireFits(float[] input, int batch, float[] output, Epilogue epilogue) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, found " + batch);
    }
    requireLength("input", input, batch, shape.inputLength());
    requireLength("output", output, batch, shape.outputLength());
    if (epilogue.bias() != null) {
      requireLength("bias", epilogue.bias(), shape.outChannels(), 1);
    }
    if (epilogue.residual() != null) {
      requireLength("residual", epilogue.residual(), batch, shape.outputLength());
    }
    if (output == input || output == epilogue.bias() || output == epilogue.residual()) {
      throw new IllegalArgumentException("output must not be an input of the same convolution");
    }
  }

  private static void requireLength(String name, float[] array, int count, int each) {
    if (array.length != (long) count * each) {
      throw new IllegalArgumentException(
          "%s must have %d x %d values, found %d".formatted(name, count, each, array.length));
    }
  }

  @Override
  public String toString() {
    return "%s with %d non-zeros as %s: %s".formatted(shape, nonZeros, kernel, reason);
  }
}
