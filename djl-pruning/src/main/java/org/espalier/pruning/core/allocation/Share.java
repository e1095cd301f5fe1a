package org.espalier.pruning.core.allocation;

import java.math.BigDecimal;

/** What a sparsity leaves of a total. */
public final class Share {

  private Share() {}

  /**
   * Returns (1 - s) all, exactly, with s read as the shortest decimal that denotes it, as {@link
   * org.espalier.sparse.mask.Counts} does.
   */
  public static BigDecimal kept(double sparsity, long all) {
    return BigDecimal.ONE.subtract(BigDecimal.valueOf(sparsity)).multiply(BigDecimal.valueOf(all));
  }
}
