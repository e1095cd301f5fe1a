package org.espalier.examples.model;

/** How the learning rate goes from its peak over a training, as a share of the peak. */
public enum LearningRateShape {
  /** The peak throughout. */
  CONSTANT {
    @Override
    public double share(double progress) {
      return 1;
    }
  },
  /** Straight down to 0. */
  LINEAR {
    @Override
    public double share(double progress) {
      return 1 - progress;
    }
  },
  /**
   * Half a cosine down to 0: Loshchilov and Hutter, "SGDR: Stochastic gradient descent with warm
   * restarts", ICLR 2017, equation 5 with one cycle and a minimum of 0.
   */
  COSINE {
    @Override
    public double share(double progress) {
      return 0.5 * (1 + Math.cos(Math.PI * progress));
    }
  };

  /**
   * Returns the share of the peak rate that holds at a point of the training.
   *
   * @param progress steps done / all steps, in [0, 1]
   * @return in [0, 1]
   */
  public abstract double share(double progress);
}
