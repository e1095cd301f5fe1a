package org.espalier.tribuo.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperator;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;

/** What several writers of ONNX graphs do. */
final class GraphSteps {

  private static final String WEIGHT = "weight";

  private GraphSteps() {}

  /**
   * Writes a layer with weights and perhaps biases. The weight keeps its name, behind which Tribuo
   * puts a number.
   *
   * @param shape of the weight
   */
  static ONNXNode weighted(
      ONNXOperator operator,
      ONNXRef<?> input,
      WeightedLayer layer,
      List<Integer> shape,
      Map<String, Object> attributes) {
    ONNXContext graph = input.onnxContext();
    String name = layer.name();
    String path = name.endsWith(WEIGHT) ? name.substring(0, name.length() - WEIGHT.length()) : name;
    List<ONNXRef<?>> inputs = new ArrayList<>();
    inputs.add(input);
    inputs.add(graph.floatTensor(name, shape, to -> to.put(layer.weights())));
    if (layer.bias() != null) {
      inputs.add(graph.array(path + "bias", layer.bias()));
    }
    return graph.operation(operator, inputs, path + "output", attributes);
  }

  /** Adds one number per column, unless all are 0. */
  static ONNXRef<?> add(ONNXRef<?> values, String name, float[] terms) {
    return columns(ONNXOperators.ADD, values, name, terms, 0);
  }

  /** Multiplies by one number per column, unless all are 1. */
  static ONNXRef<?> multiply(ONNXRef<?> values, String name, float[] factors) {
    return columns(ONNXOperators.MUL, values, name, factors, 1);
  }

  private static ONNXRef<?> columns(
      ONNXOperators operator, ONNXRef<?> values, String name, float[] numbers, float neutral) {
    for (float number : numbers) {
      if (number != neutral) {
        return values.apply(operator, values.onnxContext().array(name, numbers), name + "_applied");
      }
    }
    return values;
  }
}
