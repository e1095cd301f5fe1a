package org.espalier.sparse.kernel;

/**
 * A convolution that sees one pixel at a time: on a single image that is the product of the weights
 * with the image as it stands, channels x pixels, with sums that go straight to the output.
 *
 * @param single the weights for one image
 * @param batched the convolution of several images
 */
record PointwiseProduct(PackedMatrix single, ConvolutionProduct batched)
    implements ConvolutionProduct {

  @Override
  public void run(ConvolutionKernels kernels, int batch, Operands operands, int part, int parts) {
    if (batch == 1) {
      single.run(operands, part, parts);
    } else {
      batched.run(kernels, batch, operands, part, parts);
    }
  }
}
