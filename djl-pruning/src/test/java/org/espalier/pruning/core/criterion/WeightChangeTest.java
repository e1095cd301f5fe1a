package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class WeightChangeTest {

  private static final Criterion KARNIN = WeightChangeKarnin.INSTANCE;

  private static WeightTensor tensor(float[] values, float[] initial) {
    return WeightTensor.of("w", new int[] {1, values.length}, values)
        .with(Statistic.INITIAL_VALUE, initial);
  }

  @Test
  void distanceFromTheBegin() {
    WeightTensor tensor = tensor(new float[] {1, -2, 0, 0.5f}, new float[] {3, 1, -1, 0.5f});
    assertArrayEquals(new double[] {2, 3, 1, 0}, WeightChange.INSTANCE.score(tensor).toDoubles());
  }

  /** Only the form that needs it makes a run follow every step. */
  @Test
  void theDistanceWatchesNoTraining() {
    assertFalse(((Object) WeightChange.INSTANCE) instanceof TrackingCriterion);
    assertInstanceOf(TrackingCriterion.class, KARNIN);
  }

  @Test
  void karninByHand() {
    WeightTensor tensor = tensor(new float[] {2, 1, 0, 3, -1}, new float[] {1, 2, 1, 3, -3});
    double[] track =
        WeightChangeKarnin.INSTANCE.track(
            new double[5], tensor.with(Statistic.GRADIENT, new float[] {1, 2, 3, 4, -2}), 0.5);
    assertArrayEquals(new double[] {0.5, 2, 4.5, 8, 2}, track);
    track =
        WeightChangeKarnin.INSTANCE.track(
            track, tensor.with(Statistic.GRADIENT, new float[] {2, 0, 0, 0, 0}), 0.25);
    assertArrayEquals(new double[] {1.5, 2, 4.5, 8, 2}, track);
    // 1.5 2/1; 2 1/-1 for a weight that shrank; dead; unmoved; 2 -1/2
    assertArrayEquals(
        new double[] {3, -2, 0, 0, -1}, KARNIN.score(tensor.withTrack(track)).toDoubles());
  }

  /**
   * The sum over small steps of gradient descent on L = h (w - m)² / 2 is the fall of the loss: S =
   * (L(w_0) - L(w)) w / (w - w_0), the mean slope times the way from 0 to w.
   */
  @Test
  void karninIntegratesTheSlopeAlongTheWay() {
    double h = 2;
    double minimum = 1.5;
    double rate = 1e-4;
    double w = 0.25;
    double[] track = new double[1];
    for (int step = 0; step < 3000; step++) {
      float gradient = (float) (h * (w - minimum));
      WeightTensor tensor = WeightTensor.of("w", new int[] {1}, new float[] {(float) w});
      track =
          WeightChangeKarnin.INSTANCE.track(
              track, tensor.with(Statistic.GRADIENT, new float[] {gradient}), rate);
      w -= rate * gradient;
    }
    double fall = h / 2 * (Math.pow(0.25 - minimum, 2) - Math.pow(w - minimum, 2));
    WeightTensor last = tensor(new float[] {(float) w}, new float[] {0.25f});
    double score = KARNIN.score(last.withTrack(track)).at(0);
    // relative error rate · h / 2 = 1e-4
    assertEquals(fall * w / (w - 0.25), score, 2e-4 * score);
  }
}
