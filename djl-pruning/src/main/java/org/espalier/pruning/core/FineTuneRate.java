package org.espalier.pruning.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.espalier.sparse.InvalidInputException;

/**
 * The learning rate of fine-tuning, as a fraction of the rate that a network was trained with.
 *
 * <p>Han, Pool, Tran and Dally, "Learning both weights and connections for efficient neural
 * networks", NIPS 2015, retrain with a tenth of the original rate (LeNet on MNIST, section 4.1)
 * down to a hundredth (AlexNet, section 4.2; both from memory): what survives is near an optimum
 * already, and steps as large as at first would carry it away. That is the range recommended here.
 *
 * <p>It is meant for a short training after the pruning. Where there is time to go through the
 * original learning rates once more, or where sparsity rises while the network trains, the whole
 * rate ends better: Renda, Frankle and Carbin, "Comparing rewinding and fine-tuning in neural
 * network pruning", ICLR 2020, call it learning-rate rewinding.
 *
 * @param fraction fine-tuning rate / original rate, in [1e-6, 1]
 */
public record FineTuneRate(double fraction) {

  /** The lower end of the recommended range. */
  public static final double LEAST = 0.01;

  /** The upper end of the recommended range. */
  public static final double MOST = 0.1;

  /** The upper end: the nearest to the training before. */
  public static final FineTuneRate DEFAULT = new FineTuneRate(MOST);

  private static final Logger LOGGER = System.getLogger(FineTuneRate.class.getName());

  /** Refuses what is no rate. */
  public FineTuneRate {
    if (!(fraction >= 1e-6 && fraction <= 1)) {
      throw new InvalidInputException(
          "fine-tune rate",
          "a fraction of the original learning rate, in [1e-6, 1]",
          Double.toString(fraction),
          "0.1 is a tenth of it");
    }
  }

  /** Returns whether the fraction lies in the recommended range, its ends included. */
  public boolean isRecommended() {
    return fraction >= LEAST && fraction <= MOST;
  }

  /**
   * Returns the rate to fine-tune with, and logs a warning if it is outside the recommended range.
   *
   * @param originalRate that the network was trained with; of a schedule, its peak
   */
  public float of(float originalRate) {
    if (!isRecommended()) {
      LOGGER.log(
          Level.WARNING,
          String.format(
              Locale.ROOT,
              "Fine-tuning at %s of the original learning rate is outside the usual %s to %s"
                  + " (Han et al. 2015); compare the accuracy before and after.",
              fraction,
              LEAST,
              MOST));
    }
    return (float) (fraction * originalRate);
  }
}
