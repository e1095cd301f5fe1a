package org.espalier.tribuo.network;

import java.io.Serializable;
import java.util.Arrays;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Turns examples into the input of a network: features find their places, absent ones are 0, all
 * are scaled. Features that training did not see are passed over.
 *
 * @param layout where features stand
 * @param scaling what happens to their values
 */
record InputEncoder(InputLayout layout, InputScaling scaling) implements Serializable {

  InputEncoder {
    if (scaling.factors().length != layout.size()) {
      throw new InvalidInputException(
          "input scaling",
          layout.size() + " factors",
          scaling.factors().length + "",
          "correct the arrays");
    }
  }

  /**
   * Returns the known features of an example.
   *
   * @throws IllegalArgumentException if there is none
   */
  static EncodedExample encode(
      InputLayout layout, ImmutableFeatureMap features, Example<?> example) {
    int[] positions = new int[example.size()];
    float[] values = new float[example.size()];
    int known = 0;
    for (Feature feature : example) {
      int id = features.getID(feature.getName());
      if (id >= 0) {
        positions[known] = layout.positions()[id];
        values[known++] = (float) feature.getValue();
      }
    }
    if (known == 0) {
      throw new IllegalArgumentException(
          "No features found in Example " + example + ": training has seen none of them");
    }
    return new EncodedExample(
        Arrays.copyOf(positions, known), Arrays.copyOf(values, known), example.getWeight());
  }

  /** Returns the values of one example. */
  int size() {
    return scaling.factors().length;
  }

  /** Returns one example without features, scaled. */
  float[] empty() {
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scaling.apply(i, 0);
    }
    return values;
  }

  /**
   * Returns examples as the input of a layer: value f of example b at {@code f * batch + b}.
   *
   * @param examples at least one
   */
  float[] featureMajor(EncodedExample... examples) {
    int batch = examples.length;
    float[] empty = empty();
    float[] input = new float[Math.multiplyExact(empty.length, batch)];
    for (int f = 0; f < empty.length; f++) {
      Arrays.fill(input, f * batch, (f + 1) * batch, empty[f]);
    }
    for (int b = 0; b < batch; b++) {
      int column = b;
      examples[b].forEach((at, v) -> input[at * batch + column] = scaling.apply(at, v));
    }
    return input;
  }

  /**
   * Writes an example as a row.
   *
   * @param empty of {@link #empty()}
   * @param to row-major, where its values begin at {@code from}
   */
  void row(EncodedExample example, float[] empty, float[] to, int from) {
    System.arraycopy(empty, 0, to, from, empty.length);
    example.forEach((at, v) -> to[from + at] = scaling.apply(at, v));
  }

  /**
   * Writes the encoding into an ONNX graph.
   *
   * @param features in the order of their ids, (batch, features); absent ones are 0
   * @return the input of the network, (batch, shape)
   */
  ONNXRef<?> writeGraph(ONNXRef<?> features) {
    return layout.writeShape(scaling.writeGraph(layout.writePlaces(features)));
  }
}
