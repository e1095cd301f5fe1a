package org.espalier.pruning.structured.reconstruction;

import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espalier.pruning.core.reconstruction.Moments;
import org.espalier.pruning.djl.capture.Features;

/**
 * Takes the moments of all that a consumer multiplies with one row of its weights: the inputs of a
 * linear layer, the patches of a convolution, in the order of the weights.
 */
final class PatchReader implements Watch.Reader {

  private final Consumer consumer;
  private final Moments moments;
  private final int limit;
  private final SplittableRandom random;

  /**
   * @param consumer that is watched
   * @param samples say how many positions are looked at
   */
  PatchReader(Consumer consumer, Samples samples) {
    this.consumer = consumer;
    this.moments = new Moments(consumer.inputs() * consumer.taps());
    this.limit = samples.positions();
    this.random = new SplittableRandom(samples.seed());
  }

  /** Returns what was read. */
  Moments moments() {
    return moments;
  }

  @Override
  public void read(Features input, Shape shape) {
    Taps taps =
        consumer.convolution() == null
            ? Taps.none()
            : new Taps(consumer.convolution(), shape.slice(2));
    double[] row = new double[moments.features()];
    for (int o = 0; o < input.outer(); o++) {
      for (int position : positions(taps.count())) {
        fill(row, input, o, taps.offsets(position));
        moments.add(row);
      }
    }
  }

  private int[] positions(int count) {
    return limit == 0 || limit >= count
        ? IntStream.range(0, count).toArray()
        : random.ints(limit, 0, count).toArray();
  }

  private void fill(double[] row, Features input, int outer, int[] offsets) {
    for (int i = 0; i < consumer.inputs(); i++) {
      int start = (outer * input.count() + consumer.firstInput() + i) * input.inner();
      for (int tap = 0; tap < offsets.length; tap++) {
        row[i * offsets.length + tap] = offsets[tap] < 0 ? 0 : input.values()[start + offsets[tap]];
      }
    }
  }
}
