package org.espalier.hw.cpu;

import org.espalier.sparse.kernel.KernelForecast;
import org.espalier.sparse.kernel.SparseOps;

/** Times of sparse and dense products, from a calibration. */
public final class ProductTimes {

  private final CpuCalibration calibration;
  private final KernelChoice choice;

  /** A sparse time, by the kernels that it is of. */
  public record Sparse(KernelFamily family, double us) {}

  /**
   * @param calibration of this machine
   */
  public ProductTimes(CpuCalibration calibration) {
    this.calibration = calibration;
    this.choice =
        new KernelChoice(
            new KernelForecast(SparseOps.kernels()),
            calibration.conditions().caches(),
            calibration.conditions().threads());
  }

  /**
   * Returns the time of {@code PackedMatrix.multiply}: packing of X counts, packing of W does not.
   */
  public Sparse sparse(SparseWork work) {
    KernelChoice.Candidate chosen = choice.chosen(work);
    Sparse[] least = {
      new Sparse(chosen.family(), calibration.ns(chosen.family(), chosen.terms()) / 1000)
    };
    choice.candidates(
        work,
        candidate -> {
          if (calibration.has(candidate.family())) {
            double us = calibration.ns(candidate.family(), candidate.terms()) / 1000;
            if (us < least[0].us()) {
              least[0] = new Sparse(candidate.family(), us);
            }
          }
        });
    return least[0];
  }

  /** Returns the time of the native library's dense product in microseconds. */
  public double denseUs(int m, int k, int n) {
    WorkTerms terms = choice.terms();
    double ns =
        n == 1
            ? calibration.ns(KernelFamily.DENSE_VECTOR, terms.denseVector(m, k))
            : calibration.ns(KernelFamily.DENSE, terms.dense(m, k, n));
    return ns / 1000;
  }
}
