package org.espalier.pruning.core;

/**
 * Losses on the validation set, as seen at ends of epochs.
 *
 * @param best lowest loss so far; NaN before the first
 * @param latest loss seen last; NaN before the first
 */
public record Validation(double best, double latest) {

  /** Before anything was validated. */
  public static final Validation NONE = new Validation(Double.NaN, Double.NaN);

  /** Returns this history with one more loss. */
  public Validation with(double loss) {
    return new Validation(Double.isNaN(best) ? loss : Math.min(best, loss), loss);
  }

  /**
   * Returns the generalization loss GL = 100 (latest / best - 1) in percent, 0 before the first
   * validation. Source: L. Prechelt, "Connection pruning with static and adaptive pruning
   * schedules", Neurocomputing 16 (1997).
   */
  public double generalizationLoss() {
    return Double.isNaN(latest) || best == 0 ? 0 : 100 * (latest / best - 1);
  }
}
