package org.espalier.tribuo.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tribuo.util.onnx.ONNXAttribute;
import org.tribuo.util.onnx.ONNXOperator;
import org.tribuo.util.onnx.ONNXOperators;

/**
 * The operators of neural networks that Tribuo's {@link ONNXOperators} lack, as they are in the
 * same set of operators, number 13 of the domain {@code ai.onnx}: so one graph may have both kinds.
 * Images are (batch, channels, height, width). Where inputs, attributes or their types are wrong,
 * Tribuo refuses to build the node with an {@code IllegalArgumentException}.
 *
 * <p>Source: ONNX, "Operator Schemas" ({@code docs/Operators.md} and {@code docs/Changelog.md} of
 * github.com/onnx/onnx); each constant names the version of the operator that set 13 contains.
 */
public enum NetworkOperators implements ONNXOperator {
  // No constant has a body: OLCUT could not read its class back from provenance.
  /** max(x, 0) of each value. Version 13. */
  RELU("Relu", 1, 0),

  /** x where it is at least 0, else alpha x; alpha, a float, is 0.01 by default. Version 6. */
  LEAKY_RELU("LeakyRelu", 1, 0, attribute("alpha", AttributeType.FLOAT)),

  /** tanh(x) of each value. Version 13. */
  TANH("Tanh", 1, 0),

  /** The error function of each value, as in GELU = x (1 + erf(x / sqrt(2))) / 2. Version 13. */
  ERF("Erf", 1, 0),

  /** The product of two matrices, or of two stacks of them. Version 13. */
  MATMUL("MatMul", 2, 0),

  /**
   * Cross-correlation of images with filters (filters, channels / group, kernel height, kernel
   * width); the third input, one bias per filter, may be absent. {@code pads} are rows above,
   * columns left, rows below, columns right. Version 11.
   */
  CONV(
      "Conv",
      2,
      1,
      attribute("auto_pad", AttributeType.STRING),
      attribute("dilations", AttributeType.INTS),
      attribute("group", AttributeType.INT),
      attribute("kernel_shape", AttributeType.INTS),
      attribute("pads", AttributeType.INTS),
      attribute("strides", AttributeType.INTS)),

  /**
   * scale (x - mean) / sqrt(variance + epsilon) + bias for each feature or channel; the inputs are
   * x, scale, bias, mean, variance. {@code epsilon} is 1e-5 by default. Version 9.
   */
  BATCH_NORMALIZATION(
      "BatchNormalization",
      5,
      0,
      attribute("epsilon", AttributeType.FLOAT),
      attribute("momentum", AttributeType.FLOAT)),

  /** The largest value of each window; a rest of pixels is left out by default. Version 12. */
  MAX_POOL(
      "MaxPool",
      1,
      0,
      required("kernel_shape", AttributeType.INTS),
      attribute("auto_pad", AttributeType.STRING),
      attribute("ceil_mode", AttributeType.INT),
      attribute("dilations", AttributeType.INTS),
      attribute("pads", AttributeType.INTS),
      attribute("storage_order", AttributeType.INT),
      attribute("strides", AttributeType.INTS)),

  /** The mean of each window; a rest of pixels is left out by default. Version 11. */
  AVERAGE_POOL(
      "AveragePool",
      1,
      0,
      required("kernel_shape", AttributeType.INTS),
      attribute("auto_pad", AttributeType.STRING),
      attribute("ceil_mode", AttributeType.INT),
      attribute("count_include_pad", AttributeType.INT),
      attribute("pads", AttributeType.INTS),
      attribute("strides", AttributeType.INTS)),

  /** The mean of each channel: images of 1 x 1. Version 1. */
  GLOBAL_AVERAGE_POOL("GlobalAveragePool", 1, 0),

  /** The largest value of each channel: images of 1 x 1. Version 1. */
  GLOBAL_MAX_POOL("GlobalMaxPool", 1, 0),

  /**
   * The same values in another shape, the second input, int64: 0 keeps an extent, -1 stands for the
   * rest. Version 13.
   */
  RESHAPE("Reshape", 2, 0),

  /** A matrix with the extents before {@code axis}, 1 by default, as rows. Version 13. */
  FLATTEN("Flatten", 1, 0, attribute("axis", AttributeType.INT)),

  /** The axes in another order, by default the reverse. Version 13. */
  TRANSPOSE("Transpose", 1, 0, attribute("perm", AttributeType.INTS)),

  /**
   * Values around: the second input, int64, says how many before each axis, then how many after;
   * the third, a scalar, which value, 0 by default. Version 13.
   */
  PAD("Pad", 2, 1, attribute("mode", AttributeType.STRING));

  private final String opName;
  private final int inputs;
  private final int optionalInputs;
  private final Map<String, ONNXAttribute> attributes;

  NetworkOperators(String opName, int inputs, int optionalInputs, ONNXAttribute... attributes) {
    this.opName = opName;
    this.inputs = inputs;
    this.optionalInputs = optionalInputs;
    this.attributes =
        Arrays.stream(attributes)
            .collect(Collectors.toUnmodifiableMap(ONNXAttribute::getName, Function.identity()));
  }

  private static ONNXAttribute attribute(String name, AttributeType type) {
    return new ONNXAttribute(name, type, false);
  }

  private static ONNXAttribute required(String name, AttributeType type) {
    return new ONNXAttribute(name, type, true);
  }

  @Override
  public String getOpName() {
    return opName;
  }

  @Override
  public int getNumInputs() {
    return inputs;
  }

  @Override
  public int getNumOptionalInputs() {
    return optionalInputs;
  }

  /** Returns 1: outputs that only training reads are not to be had. */
  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  public Map<String, ONNXAttribute> getAttributes() {
    return attributes;
  }

  @Override
  public Set<String> getMandatoryAttributeNames() {
    return attributes.values().stream()
        .filter(ONNXAttribute::isMandatory)
        .map(ONNXAttribute::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the version of Tribuo's own operators. */
  @Override
  public int getOpVersion() {
    return ONNXOperators.getOpsetVersion();
  }

  /** Returns null: Tribuo's word for the domain {@code ai.onnx}. */
  @Override
  public String getOpDomain() {
    return null;
  }

  /** Returns what a model must import; the same as for Tribuo's own operators. */
  @Override
  public OperatorSetIdProto opsetProto() {
    return ONNXOperators.getOpsetProto();
  }
}
