package org.espalier.hw.workload;

import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.kernel.ConvolutionShape;

/**
 * A 2-D convolution of a batch of images.
 *
 * @param shape sizes of one image's convolution
 * @param batch images, at least 1
 */
public record Convolution(ConvolutionShape shape, int batch) implements LayerShape {

  /**
   * Checks the batch.
   *
   * @throws InvalidInputException if it is below 1 or its images have more than 2^31 - 1 values
   */
  public Convolution {
    Objects.requireNonNull(shape, "shape");
    long pixels = (long) shape.inHeight() * shape.inWidth();
    if (batch < 1 || pixels * shape.inChannels() > Integer.MAX_VALUE / batch) {
      throw new InvalidInputException(
          "convolution",
          "a batch of at least 1 whose images have at most 2^31 - 1 values",
          "batch " + batch,
          "correct the batch");
    }
  }

  /** Returns output positions of one image. */
  public int positions() {
    return shape.outHeight() * shape.outWidth();
  }

  @Override
  public Gemm gemm() {
    return new Gemm(
        shape.outChannels() / shape.groups(), shape.weightColumns(), positions() * batch);
  }

  @Override
  public int products() {
    return shape.groups();
  }

  @Override
  public int weightRows() {
    return shape.weightRows();
  }

  @Override
  public int weightColumns() {
    return shape.weightColumns();
  }

  @Override
  public int activationRows() {
    return shape.inChannels();
  }

  @Override
  public int activationColumns() {
    return shape.inHeight() * shape.inWidth() * batch;
  }
}
