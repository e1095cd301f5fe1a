package org.espalier.hw.arch;

/**
 * The kernel of a GPU for weights whose zeros lie anywhere: it gathers activations outside the
 * tensor cores. A roofline: the best kernel in print, Sputnik, reaches 27 % of the peak of single
 * precision (T. Gale, M. Zaharia, C. Young, E. Elsen, "Sparse GPU Kernels for Deep Learning", SC
 * 2020, abstract; from memory); cuSPARSE is slower, for half precision by far. Each kept weight
 * comes with an index.
 *
 * @param fixedUs time of a call
 * @param teraflops sustained on kept weights, 10^12 operations per second
 * @param gbPerSecond of the memory, 10^9 bytes per second
 */
public record GatherKernel(double fixedUs, double teraflops, double gbPerSecond) {

  /** Share of the peak of single precision. */
  public static final double SUSTAINED_SHARE = 0.27;

  private static final int NARROW_INDEX_BITS = 16;

  /** Returns the kernel of a GPU. */
  public static GatherKernel of(TensorCoreArchitecture gpu, double fixedUs) {
    return new GatherKernel(fixedUs, gpu.scalarTflops() * SUSTAINED_SHARE, gpu.memoryGbPerSecond());
  }

  /** Returns the bits of the column of a kept weight: 16, or 32 beyond 2^16 inputs. */
  public static int indexBits(int inputs) {
    return inputs <= 1 << NARROW_INDEX_BITS ? NARROW_INDEX_BITS : 2 * NARROW_INDEX_BITS;
  }

  /**
   * Returns the time of a product.
   *
   * @param nonZeros kept weights
   * @param n columns of the activations
   * @param bytes weights, indices, activations and outputs, each moved once
   */
  public double us(double nonZeros, int n, double bytes) {
    return new Saturation(fixedUs, teraflops).us(2 * nonZeros * n, bytes / gbPerSecond / 1000);
  }
}
