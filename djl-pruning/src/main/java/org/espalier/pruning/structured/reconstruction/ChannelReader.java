package org.espalier.pruning.structured.reconstruction;

import ai.djl.ndarray.types.Shape;
import org.espalier.pruning.core.reconstruction.Moments;
import org.espalier.pruning.core.reconstruction.Readings;
import org.espalier.pruning.djl.capture.Features;

/** Takes the moments of a group's channels as one consumer reads them. */
final class ChannelReader implements Watch.Reader {

  private final Consumer consumer;
  private final Moments moments;

  ChannelReader(Consumer consumer) {
    this.consumer = consumer;
    this.moments = new Moments(consumer.channels().length);
  }

  /** A channel that is several inputs gives as many rows; their order is the same for all. */
  @Override
  public void read(Features input, Shape shape) {
    int[][] channels = consumer.channels();
    double[] row = new double[channels.length];
    for (int o = 0; o < input.outer(); o++) {
      for (int part = 0; part < channels[0].length; part++) {
        for (int position = 0; position < input.inner(); position++) {
          for (int channel = 0; channel < row.length; channel++) {
            int feature = consumer.firstInput() + channels[channel][part];
            int at = (o * input.count() + feature) * input.inner() + position;
            row[channel] = input.values()[at];
          }
          moments.add(row);
        }
      }
    }
  }

  /** Returns what was read. */
  Readings readings() {
    return new Readings(moments, !consumer.pads());
  }
}
