package org.espalier.examples.job;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.util.Optional;
import java.util.function.Consumer;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.PackedConvolution;
import org.espalier.sparse.kernel.PackedMatrix;
import org.espalier.sparse.kernel.Packing;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.mask.Mask;

/**
 * A layer with a real input, computed two ways: by libtorch as DJL does it, and by the packed
 * sparse kernels. Each side keeps the layout that suits it: for a linear layer libtorch has (batch,
 * features), the sparse kernels have features x batch; images are (batch, channels, height, width)
 * on both.
 */
final class SparseLayer {

  private final Block block;
  private final NDList input;
  private final ParameterStore parameters;
  private final Csr weights;
  private final Optional<ConvolutionShape> shape;
  private final int n;
  private final float[] y;
  private final Consumer<float[]> product;

  private SparseLayer(
      Block block, NDList input, ParameterStore parameters, Optional<ConvolutionShape> shape) {
    this.block = block;
    this.input = input;
    this.parameters = parameters;
    this.shape = shape;
    NDArray weight = block.getDirectParameters().get("weight").getArray();
    int m = (int) weight.getShape().get(0);
    int k = (int) (weight.getShape().size() / m);
    this.weights = Csr.ofDense(weight.toFloatArray(), m, k);
    boolean biased = block.getDirectParameters().contains("bias");
    Epilogue epilogue =
        biased
            ? new Epilogue(block.getDirectParameters().get("bias").getArray().toFloatArray(), false)
            : Epilogue.NONE;
    float[] source = input.singletonOrThrow().toFloatArray();
    int batch = (int) input.head().getShape().get(0);
    if (shape.isPresent()) {
      PackedConvolution packed = PackedConvolution.of(weights, shape.get());
      this.n = batch * shape.get().outHeight() * shape.get().outWidth();
      this.product = to -> packed.convolve(source, batch, to, epilogue);
    } else {
      float[] x = transpose(source, batch, k);
      PackedMatrix packed = PackedMatrix.of(weights, Packing.forColumns(batch));
      this.n = batch;
      this.product = to -> packed.multiply(x, batch, to, epilogue);
    }
    this.y = new float[m * n];
  }

  /**
   * Prepares a layer.
   *
   * @param input what flows into the layer, on the host
   * @return empty if the layer is neither linear nor a two-dimensional convolution
   */
  static Optional<SparseLayer> of(Block block, NDList input, ParameterStore parameters) {
    if (block instanceof Linear) {
      return Optional.of(new SparseLayer(block, input, parameters, Optional.empty()));
    }
    if (block instanceof Convolution convolution && convolution.getKernelShape().dimension() == 2) {
      ConvolutionShape shape = shape(convolution, input.singletonOrThrow().getShape());
      return Optional.of(new SparseLayer(block, input, parameters, Optional.of(shape)));
    }
    return Optional.empty();
  }

  private static ConvolutionShape shape(Convolution convolution, Shape input) {
    NDArray weight = convolution.getDirectParameters().get("weight").getArray();
    return new ConvolutionShape(
        (int) input.get(1),
        (int) input.get(2),
        (int) input.get(3),
        (int) weight.getShape().get(0),
        window(convolution, 0),
        window(convolution, 1),
        convolution.getGroups());
  }

  private static Window window(Convolution convolution, int axis) {
    return new Window(
        (int) convolution.getKernelShape().get(axis),
        (int) convolution.getStride().get(axis),
        (int) convolution.getPadding().get(axis),
        (int) convolution.getDilation().get(axis));
  }

  /** Returns which weights are not zero, as a matrix. */
  Mask mask() {
    return Mask.ofNonZeros(weights.toDense(), weights.rows(), weights.columns());
  }

  /** Returns the sparse weights. */
  Csr weights() {
    return weights;
  }

  /** Returns the sizes of one image's convolution; empty for a linear layer. */
  Optional<ConvolutionShape> convolution() {
    return shape;
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
    product.accept(y);
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
