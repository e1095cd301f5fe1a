package org.espalier.hw.arch;

import org.espalier.hw.workload.DataType;

/**
 * Energy of operations and accesses in a 45 nm process at 0.9 V, in pJ: M. Horowitz, "Computing's
 * Energy Problem", ISSCC 2014; the product of 16-bit integers and DRAM from S. Han et al., EIE,
 * ISCA 2016, Table I and Figure 10. Eight-bit floating point is taken as half of half precision,
 * four-bit integers as half of eight-bit ones, which are our assumptions. A machine in another
 * process differs by a factor; shares of components hardly do.
 */
public final class Energy45nm {

  /** A bit read from or written to a memory of 8 KB: 10 pJ per 64 bits. */
  public static final double BUFFER_PJ_PER_BIT = 10.0 / 64;

  /** A bit read from a memory of 32 KB: 20 pJ per 64 bits. */
  public static final double SRAM_PJ_PER_BIT = 20.0 / 64;

  /** A bit of LPDDR2: 640 pJ per 32 bits. */
  public static final double DRAM_PJ_PER_BIT = 640.0 / 32;

  private Energy45nm() {}

  /** Returns the energy of a product and the addition that follows it. */
  public static double multiplyAddPj(DataType type) {
    return switch (type) {
      case FP32, TF32 -> 3.7 + 0.9;
      case FP16, BF16 -> 1.1 + 0.4;
      case FP8 -> (1.1 + 0.4) / 2;
      case INT16 -> 3.1 / 5 + 0.1;
      case INT8 -> 0.2 + 0.1;
      case INT4 -> (0.2 + 0.1) / 2;
    };
  }
}
