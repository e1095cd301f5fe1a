package org.espalier.sparse.kernel;

/**
 * The kernels of one vector width that convolutions take.
 *
 * @param panels products
 * @param tiles what comes before and after them
 */
record ConvolutionKernels(PanelKernels panels, TileKernels tiles) {

  static ConvolutionKernels of(SparseKernels kernels) {
    return new ConvolutionKernels(KernelProvider.panels(kernels), KernelProvider.tiles(kernels));
  }
}
