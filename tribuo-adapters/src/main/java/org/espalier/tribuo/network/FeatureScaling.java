package org.espalier.tribuo.network;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** How features are brought to the same size before a network sees them. */
public enum FeatureScaling {
  // No constant has a body: OLCUT could not read its class back from provenance.
  /** As they are. */
  NONE((examples, size) -> InputScaling.identity(size)),

  /**
   * (value - mean) / standard deviation of each feature over all training examples by their
   * weights, where a feature that an example lacks is 0. A constant feature is only shifted.
   */
  STANDARDISE(FeatureScaling::standardise),

  /**
   * Divided by the largest absolute value of all features in the training examples: for pixels,
   * whose sizes compare.
   */
  LARGEST(FeatureScaling::largest);

  private final BiFunction<List<EncodedExample>, Integer, InputScaling> rule;

  FeatureScaling(BiFunction<List<EncodedExample>, Integer, InputScaling> rule) {
    this.rule = rule;
  }

  /**
   * Returns the numbers that training examples ask for.
   *
   * @param examples unscaled, at least one
   * @param size values of one example
   */
  InputScaling fit(List<EncodedExample> examples, int size) {
    return rule.apply(examples, size);
  }

  private static InputScaling standardise(List<EncodedExample> examples, int size) {
    double total = examples.stream().mapToDouble(EncodedExample::weight).sum();
    double[] sums = new double[size];
    examples.forEach(e -> e.forEach((at, value) -> sums[at] += e.weight() * value));
    double[] means = Arrays.stream(sums).map(sum -> sum / total).toArray();
    double[] squares = new double[size];
    double[] present = new double[size];
    for (EncodedExample e : examples) {
      e.forEach(
          (at, value) -> {
            squares[at] += e.weight() * (value - means[at]) * (value - means[at]);
            present[at] += e.weight();
          });
    }
    float[] shifts = new float[size];
    float[] factors = new float[size];
    for (int i = 0; i < size; i++) {
      double absent = Math.max(0, total - present[i]);
      double variance = (squares[i] + absent * means[i] * means[i]) / total;
      shifts[i] = (float) -means[i];
      float factor = (float) (1 / Math.sqrt(variance));
      factors[i] = variance > 0 && factor < Float.POSITIVE_INFINITY ? factor : 1f;
    }
    return new InputScaling(shifts, factors);
  }

  private static InputScaling largest(List<EncodedExample> examples, int size) {
    float[] largest = {0};
    examples.forEach(
        e -> e.forEach((at, value) -> largest[0] = Math.max(largest[0], Math.abs(value))));
    InputScaling scaling = InputScaling.identity(size);
    Arrays.fill(scaling.factors(), largest[0] > 0 ? 1 / largest[0] : 1);
    return scaling;
  }
}
