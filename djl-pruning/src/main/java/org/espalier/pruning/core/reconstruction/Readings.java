package org.espalier.pruning.core.reconstruction;

/**
 * What one consumer reads of a group of channels.
 *
 * @param moments of the channels; every example and position is a row
 * @param constants whether a constant that it reads can go into its bias: not behind a convolution
 *     that pads with zeros, because at the borders it reads less of it
 */
public record Readings(Moments moments, boolean constants) {

  /** Returns how many channels there are. */
  int channels() {
    return moments.features();
  }
}
