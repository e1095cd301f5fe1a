package org.espalier.hw.arch;

import java.util.Objects;

/**
 * What tensor cores sustain with numbers of one type.
 *
 * @param dense products of the dense library
 * @param sparse products of the sparse library
 */
public record TensorCalibration(Saturation dense, Saturation sparse) {

  /** Checks that both are there. */
  public TensorCalibration {
    Objects.requireNonNull(dense, "dense");
    Objects.requireNonNull(sparse, "sparse");
  }

  /** Returns the calibration of a type, or of a machine, that is that much faster at its peak. */
  public TensorCalibration times(double factor) {
    return new TensorCalibration(dense.times(factor), sparse.times(factor));
  }
}
