package org.espalier.tribuo.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/** ONNX Runtime, and graphs for it. */
public final class OnnxRuntime {

  private OnnxRuntime() {}

  /**
   * Returns a model of one graph.
   *
   * @param inputs columns of the input
   * @param outputs columns of the output
   * @param body makes the output, (batch, outputs), from the input, (batch, inputs)
   */
  public static ModelProto model(int inputs, int outputs, UnaryOperator<ONNXRef<?>> body) {
    ONNXContext graph = new ONNXContext();
    graph.setName("test");
    ONNXPlaceholder input = graph.floatInput(inputs);
    ONNXPlaceholder output = graph.floatOutput(outputs);
    body.apply(input).assignTo(output);
    return ModelProto.newBuilder()
        .setGraph(graph.buildGraph())
        .addOpsetImport(ONNXOperators.getOpsetProto())
        .setIrVersion(6)
        .build();
  }

  /** Runs a model with one input and one output on the rows of a batch. */
  public static float[][] run(ModelProto model, float[]... rows) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session =
            OrtEnvironment.getEnvironment().createSession(model.toByteArray(), options);
        OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), rows);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      return (float[][]) result.get("output").orElseThrow().getValue();
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }
}
