package org.espalier.sparse.kernel;

/** One way to compute a convolution. Immutable; nothing is checked. */
interface ConvolutionProduct {

  /**
   * Computes one part of the output.
   *
   * @param batch how many images
   * @param operands the images, the pixels of an output channel, the output and the epilogue
   * @param part which, from 0
   * @param parts of how many
   */
  void run(ConvolutionKernels kernels, int batch, Operands operands, int part, int parts);
}
