package org.espalier.tribuo.network;

import java.io.Serializable;
import java.util.Arrays;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.util.onnx.ONNXRef;

/**
 * What happens to each value before a network sees it: (value + shift) factor, in float32.
 *
 * @param shifts one per value of the input; live, not to be written
 * @param factors as many; live, not to be written
 */
public record InputScaling(float[] shifts, float[] factors) implements Serializable {

  /** Checks the lengths. */
  public InputScaling {
    if (shifts.length != factors.length) {
      throw new InvalidInputException(
          "input scaling",
          "as many shifts as factors",
          shifts.length + " and " + factors.length,
          "correct the arrays");
    }
  }

  /** Returns what leaves values as they are. */
  static InputScaling identity(int size) {
    float[] factors = new float[size];
    Arrays.fill(factors, 1);
    return new InputScaling(new float[size], factors);
  }

  /** Returns what becomes of a value at a position. */
  float apply(int at, float value) {
    return (value + shifts[at]) * factors[at];
  }

  /** Writes the scaling of values, (batch, size), into an ONNX graph. */
  ONNXRef<?> writeGraph(ONNXRef<?> values) {
    ONNXRef<?> shifted = GraphSteps.add(values, "input_shifts", shifts);
    return GraphSteps.multiply(shifted, "input_factors", factors);
  }
}
