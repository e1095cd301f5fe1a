package org.espalier.pruning.core.reconstruction;

/**
 * What one consumer reads instead of a channel h: a_h is about constant + Σ coefficients_j a_j.
 *
 * @param coefficients by channel; 0 for all channels that go
 * @param constant goes into the consumer's bias
 */
public record StandIn(double[] coefficients, double constant) {

  /** Another channel, times a factor, plus a constant. */
  static StandIn of(int channels, int channel, double factor, double constant) {
    double[] coefficients = new double[channels];
    coefficients[channel] = factor;
    return new StandIn(coefficients, constant);
  }

  /** A constant alone. */
  static StandIn of(int channels, double constant) {
    return new StandIn(new double[channels], constant);
  }
}
