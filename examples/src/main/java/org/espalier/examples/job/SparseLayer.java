package org.espalier.examples.job;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.util.Optional;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.Im2col;
import org.espalier.sparse.kernel.SparseOps;

/**
 * A layer with a real input, computed two ways: by libtorch as DJL does it, and as a product of a
 * sparse matrix, Y[m x n] = W[m x k] X[k x n] + b. Each side keeps the layout that suits it:
 * libtorch has (batch, features), the sparse kernels have features x batch. For a convolution the
 * sparse side includes gathering the patches.
 */
final class SparseLayer {

  private final Block block;
  private final NDList input;
  private final ParameterStore parameters;
  private final Csr weights;
  private final float[] bias;
  private final float[] source;
  private final Optional<Im2col> patches;
  private final float[] x;
  private final float[] y;
  private final int n;

  private SparseLayer(
      Block block, NDList input, ParameterStore parameters, Optional<Im2col> patches, int n) {
    this.block = block;
    this.input = input;
    this.parameters = parameters;
    this.patches = patches;
    this.n = n;
    NDArray weight = block.getDirectParameters().get("weight").getArray();
    int m = (int) weight.getShape().get(0);
    int k = (int) (weight.getShape().size() / m);
    this.weights = Csr.ofDense(weight.toFloatArray(), m, k);
    this.bias =
        block.getDirectParameters().contains("bias")
            ? block.getDirectParameters().get("bias").getArray().toFloatArray()
            : null;
    this.source = input.singletonOrThrow().toFloatArray();
    this.x = patches.isPresent() ? new float[k * n] : transpose(source, n, k);
    this.y = new float[m * n];
  }

  /**
   * Prepares a layer.
   *
   * @param input what flows into the layer, on the host
   * @return empty if the layer is neither linear nor a plain two-dimensional convolution
   */
  static Optional<SparseLayer> of(Block block, NDList input, ParameterStore parameters) {
    Shape shape = input.singletonOrThrow().getShape();
    if (block instanceof Linear) {
      int n = (int) shape.get(0);
      return Optional.of(new SparseLayer(block, input, parameters, Optional.empty(), n));
    }
    if (block instanceof Convolution convolution && isPlain(convolution)) {
      Im2col patches = patches(convolution, shape);
      int n = patches.columns((int) shape.get(0));
      return Optional.of(new SparseLayer(block, input, parameters, Optional.of(patches), n));
    }
    return Optional.empty();
  }

  private static boolean isPlain(Convolution convolution) {
    Shape dilation = convolution.getDilation();
    return convolution.getKernelShape().dimension() == 2
        && convolution.getGroups() == 1
        && dilation.get(0) == 1
        && dilation.get(1) == 1;
  }

  private static Im2col patches(Convolution convolution, Shape input) {
    return new Im2col(
        (int) input.get(1),
        (int) input.get(2),
        (int) input.get(3),
        window(convolution, 0),
        window(convolution, 1));
  }

  private static Im2col.Window window(Convolution convolution, int axis) {
    return new Im2col.Window(
        (int) convolution.getKernelShape().get(axis),
        (int) convolution.getStride().get(axis),
        (int) convolution.getPadding().get(axis));
  }

  /** Returns the sparse weights. */
  Csr weights() {
    return weights;
  }

  /** Returns the columns of X: images, times positions for a convolution. */
  int n() {
    return n;
  }

  /** Computes with libtorch. */
  void dense() {
    block.forward(parameters, input, false).close();
  }

  /** Computes with the sparse kernels; the result is kept until the next call. */
  float[] sparse() {
    patches.ifPresent(p -> p.apply(source, (int) input.head().getShape().get(0), x));
    SparseOps.multiply(weights, x, n, y, bias, false);
    return y;
  }

  private static float[] transpose(float[] rowMajor, int rows, int columns) {
    float[] transposed = new float[rowMajor.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        transposed[c * rows + r] = rowMajor[r * columns + c];
      }
    }
    return transposed;
  }
}
