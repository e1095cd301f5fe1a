package org.espalier.examples.data;

import java.util.List;

/**
 * Maps a raw pixel v in 0..255 to {@code (v / 255 - mean) / deviation}, per channel.
 *
 * @param means one per channel, of pixels scaled to [0, 1]
 * @param deviations one per channel, standard deviations of pixels scaled to [0, 1], above 0
 */
public record Normalization(List<Float> means, List<Float> deviations) {

  /** Checks that both lists have the same length, and that every deviation is above 0. */
  public Normalization {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.isEmpty() || means.size() != deviations.size()) {
      throw new IllegalArgumentException(
          "need one mean and one deviation per channel, found %d means and %d deviations"
              .formatted(means.size(), deviations.size()));
    }
    for (int c = 0; c < means.size(); c++) {
      if (!Float.isFinite(means.get(c)) || !(deviations.get(c) > 0)) {
        throw new IllegalArgumentException(
            "channel %d: mean must be finite and deviation above 0, found %s and %s"
                .formatted(c, means.get(c), deviations.get(c)));
      }
    }
  }

  /**
   * Measures the mean and the (population) standard deviation of each channel of a set of images.
   *
   * @throws IllegalArgumentException if a channel is constant
   */
  public static Normalization of(ImageSet images) {
    int channels = images.shape().channels();
    int plane = images.shape().height() * images.shape().width();
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    byte[] pixels = images.pixels();
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / plane % channels;
      int value = pixels[i] & 0xff;
      sums[channel] += value;
      squares[channel] += (long) value * value;
    }
    Float[] means = new Float[channels];
    Float[] deviations = new Float[channels];
    double count = (double) images.size() * plane;
    for (int c = 0; c < channels; c++) {
      double mean = sums[c] / count;
      means[c] = (float) (mean / 255);
      deviations[c] = (float) (Math.sqrt(squares[c] / count - mean * mean) / 255);
    }
    return new Normalization(List.of(means), List.of(deviations));
  }

  /**
   * Returns the 256 values that the raw pixels of a channel map to, indexed by the raw pixel.
   *
   * @param channel 0 to channels - 1
   */
  float[] table(int channel) {
    float[] table = new float[256];
    for (int v = 0; v < table.length; v++) {
      table[v] = (float) ((v / 255.0 - means.get(channel)) / deviations.get(channel));
    }
    return table;
  }
}
