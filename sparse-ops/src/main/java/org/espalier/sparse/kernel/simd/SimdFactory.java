package org.espalier.sparse.kernel.simd;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import org.espalier.sparse.kernel.SparseKernels;

/**
 * Makes the kernels of one vector width. The compiler turns vector code into vector instructions
 * only if the width is a constant of the class, so each width gets a copy of {@link SimdKernels} of
 * its own: a hidden class that finds its width in its class data.
 */
public final class SimdFactory {

  private SimdFactory() {}

  /**
   * Returns kernels of a width.
   *
   * @param bits 128, 256 or 512; 0 = what the processor prefers
   * @param scalar takes matrices with more columns than a packed panel can hold
   */
  public static SparseKernels ofBits(int bits, SparseKernels scalar) {
    try (InputStream in = SimdFactory.class.getResourceAsStream("SimdKernels.class")) {
      if (in == null) {
        throw new IllegalStateException("SimdKernels.class is missing from the class path");
      }
      return (SparseKernels)
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(in.readAllBytes(), bits, true)
              .lookupClass()
              .getConstructor(SparseKernels.class)
              .newInstance(scalar);
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("no SIMD kernels of " + bits + " bits", e);
    }
  }
}
