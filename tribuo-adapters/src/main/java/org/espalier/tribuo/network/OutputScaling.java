package org.espalier.tribuo.network;

import java.io.Serializable;
import java.util.Arrays;
import org.tribuo.util.onnx.ONNXRef;

/**
 * What becomes of the values of a network's last layer: value deviation + mean, in float64.
 *
 * @param means one per value; live, not to be written
 * @param deviations as many; live, not to be written
 */
public record OutputScaling(double[] means, double[] deviations) implements Serializable {

  /** Returns what leaves values as they are. */
  static OutputScaling identity(int width) {
    double[] deviations = new double[width];
    Arrays.fill(deviations, 1);
    return new OutputScaling(new double[width], deviations);
  }

  /**
   * Returns mean and standard deviation of targets by the weights of their examples; 1 instead of a
   * deviation of 0.
   *
   * @param targets examples x width, row-major
   * @param weights one per example
   */
  static OutputScaling fit(float[] targets, float[] weights) {
    int width = targets.length / weights.length;
    double total = 0;
    double[] means = new double[width];
    for (int i = 0; i < targets.length; i++) {
      total += i % width == 0 ? weights[i / width] : 0;
      means[i % width] += (double) weights[i / width] * targets[i];
    }
    for (int d = 0; d < width; d++) {
      means[d] /= total;
    }
    double[] deviations = new double[width];
    for (int i = 0; i < targets.length; i++) {
      double distance = targets[i] - means[i % width];
      deviations[i % width] += weights[i / width] * distance * distance;
    }
    for (int d = 0; d < width; d++) {
      deviations[d] = deviations[d] > 0 ? Math.sqrt(deviations[d] / total) : 1;
    }
    return new OutputScaling(means, deviations);
  }

  /** Returns a value in the units of the data. */
  double apply(int at, float value) {
    return value * deviations[at] + means[at];
  }

  /** Writes the scaling of values, (batch, values), into an ONNX graph, in float32. */
  ONNXRef<?> writeGraph(ONNXRef<?> values) {
    ONNXRef<?> scaled = GraphSteps.multiply(values, "output_deviations", floats(deviations));
    return GraphSteps.add(scaled, "output_means", floats(means));
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  /** Returns what the network has to learn. */
  float invert(int at, float target) {
    return (float) ((target - means[at]) / deviations[at]);
  }
}
