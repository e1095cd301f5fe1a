package org.espalier.tribuo.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;

/** Each operator by hand, computed by ONNX Runtime, and what Tribuo refuses to build. */
class NetworkOperatorsTest {

  /** Runs an operator on one image of (channels, height, width) and returns all its values. */
  private static float[] image(
      int[] shape,
      int outputs,
      BiFunction<ONNXRef<?>, ONNXContext, ONNXNode> operation,
      float... pixels) {
    var model =
        OnnxRuntime.model(
            pixels.length,
            outputs,
            input -> {
              ONNXContext graph = input.onnxContext();
              long[] extents = {0, shape[0], shape[1], shape[2]};
              ONNXRef<?> images =
                  input.apply(NetworkOperators.RESHAPE, graph.array("shape", extents), "images");
              return operation.apply(images, graph).apply(NetworkOperators.FLATTEN);
            });
    return OnnxRuntime.run(model, pixels)[0];
  }

  private static float[] row(
      int outputs, BiFunction<ONNXRef<?>, ONNXContext, ONNXNode> operation, float... values) {
    var model =
        OnnxRuntime.model(
            values.length, outputs, input -> operation.apply(input, input.onnxContext()));
    return OnnxRuntime.run(model, values)[0];
  }

  @Test
  void functionsOfSingleValues() {
    assertArrayEquals(
        new float[] {0, 0, 3}, row(3, (x, graph) -> x.apply(NetworkOperators.RELU), -2, 0, 3));
    assertArrayEquals(
        new float[] {-0.5f, 3},
        row(2, (x, graph) -> x.apply(NetworkOperators.LEAKY_RELU, Map.of("alpha", 0.25f)), -2, 3));
    // (9 - 1) / (9 + 1) for the logarithm of 3.
    assertArrayEquals(
        new float[] {0, 0.8f},
        row(2, (x, graph) -> x.apply(NetworkOperators.TANH), 0, (float) Math.log(3)),
        1e-6f);
    // erf(1) = 0.8427008 (Abramowitz, Stegun, Handbook of Mathematical Functions, table 7.1).
    assertArrayEquals(
        new float[] {-0.8427008f, 0, 0.8427008f},
        row(3, (x, graph) -> x.apply(NetworkOperators.ERF), -1, 0, 1),
        1e-6f);
  }

  @Test
  void matrices() {
    // (1 2) times (3 4 5 / 6 7 8).
    assertArrayEquals(
        new float[] {15, 18, 21},
        row(
            3,
            (x, graph) ->
                x.apply(
                    NetworkOperators.MATMUL,
                    graph.floatTensor(
                        "b", List.of(2, 3), b -> b.put(new float[] {3, 4, 5, 6, 7, 8}))),
            1,
            2));
    // 1 2 3 / 4 5 6 becomes 1 4 / 2 5 / 3 6.
    assertArrayEquals(
        new float[] {1, 4, 2, 5, 3, 6},
        image(
            new int[] {1, 2, 3},
            6,
            (x, graph) ->
                x.apply(NetworkOperators.TRANSPOSE, Map.of("perm", new int[] {0, 1, 3, 2})),
            1,
            2,
            3,
            4,
            5,
            6));
  }

  @Test
  void padding() {
    // One value before, two after.
    assertArrayEquals(
        new float[] {9, 1, 2, 9, 9},
        row(
            5,
            (x, graph) ->
                graph.operation(
                    NetworkOperators.PAD,
                    List.of(
                        x, graph.array("pads", new long[] {0, 1, 0, 2}), graph.constant("v", 9f)),
                    "padded"),
            1,
            2));
  }

  @Test
  void convolutionInGroups() {
    // Two channels of 1 x 3, each with a filter of its own, 1 x 2, a column of zeros to the left,
    // stride 2: taps at columns -1 0 and 1 2.
    // 10 x 0 + 1, 10 x 2 + 3; 100 (0 - 4) + 7, 100 (5 - 6) + 7.
    assertArrayEquals(
        new float[] {1, 23, -393, -93},
        image(
            new int[] {2, 1, 3},
            4,
            (x, graph) ->
                graph.operation(
                    NetworkOperators.CONV,
                    List.of(
                        x,
                        graph.floatTensor(
                            "w", List.of(2, 1, 1, 2), w -> w.put(new float[] {10, 1, 100, -100})),
                        graph.array("b", new float[] {0, 7})),
                    "y",
                    Map.of(
                        "group", 2, "strides", new int[] {1, 2}, "pads", new int[] {0, 1, 0, 0})),
            1,
            2,
            3,
            4,
            5,
            6));
  }

  @Test
  void batchNormalization() {
    // 2 (x - 1) / sqrt(3 + 1) + 5, and -(x - 0) / sqrt(0 + 1) + 0.
    assertArrayEquals(
        new float[] {5, 6, -3, -4},
        image(
            new int[] {2, 1, 2},
            4,
            (x, graph) ->
                graph.operation(
                    NetworkOperators.BATCH_NORMALIZATION,
                    List.of(
                        x,
                        graph.array("scale", new float[] {2, -1}),
                        graph.array("bias", new float[] {5, 0}),
                        graph.array("mean", new float[] {1, 0}),
                        graph.array("variance", new float[] {3, 0})),
                    "y",
                    Map.of("epsilon", 1f)),
            1,
            2,
            3,
            4),
        1e-6f);
  }

  @Test
  void pooling() {
    float[] pixels = {1, 2, 3, 4, 5, 6, -7, 8, 9, 9, 9, 9};
    int[] square = {2, 2};
    Map<String, Object> squares = Map.of("kernel_shape", square, "strides", square);
    int[] shape = {1, 3, 4};
    // The last row is left out.
    assertArrayEquals(
        new float[] {6, 8},
        image(shape, 2, (x, graph) -> x.apply(NetworkOperators.MAX_POOL, squares), pixels));
    // 14 / 4 and 8 / 4.
    assertArrayEquals(
        new float[] {3.5f, 2},
        image(shape, 2, (x, graph) -> x.apply(NetworkOperators.AVERAGE_POOL, squares), pixels));
    // 14 + 8 + 36 over 12.
    assertArrayEquals(
        new float[] {58 / 12f},
        image(shape, 1, (x, graph) -> x.apply(NetworkOperators.GLOBAL_AVERAGE_POOL), pixels),
        1e-6f);
    assertArrayEquals(
        new float[] {9},
        image(shape, 1, (x, graph) -> x.apply(NetworkOperators.GLOBAL_MAX_POOL), pixels));
  }

  @Test
  void belongToTribuosSetAndAreNotInIt() {
    Set<String> own =
        Arrays.stream(NetworkOperators.values())
            .map(NetworkOperators::getOpName)
            .collect(Collectors.toSet());
    assertEquals(NetworkOperators.values().length, own.size());
    for (ONNXOperators operator : ONNXOperators.values()) {
      assertTrue(!own.contains(operator.getOpName()), operator.getOpName());
    }
    for (NetworkOperators operator : NetworkOperators.values()) {
      assertEquals(ONNXOperators.getOpsetProto(), operator.opsetProto());
      assertEquals(13, operator.getOpVersion());
      // An enum whose constants have no bodies: OLCUT reads such classes back.
      assertEquals(NetworkOperators.class, operator.getClass());
    }
  }

  private static void assertRefused(
      String words, NetworkOperators operator, int inputs, Map<String, Object> attributes) {
    String[] names = new String[inputs];
    Arrays.setAll(names, i -> "x" + i);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> operator.build(new ONNXContext(), names, "y", attributes));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void wrongNodesAreRefused() {
    int[] two = {2, 2};
    assertRefused("mandatory", NetworkOperators.MAX_POOL, 1, Map.of("strides", two));
    assertRefused("mandatory", NetworkOperators.AVERAGE_POOL, 1, Map.of());
    assertRefused(
        "Unexpected attribute",
        NetworkOperators.AVERAGE_POOL,
        1,
        Map.of("kernel_shape", two, "dilations", two));
    assertRefused("Unexpected attribute", NetworkOperators.RELU, 1, Map.of("alpha", 1f));
    assertRefused("Expected int[]", NetworkOperators.CONV, 2, Map.of("strides", 2));
    assertRefused(
        "Expected Float", NetworkOperators.BATCH_NORMALIZATION, 5, Map.of("epsilon", 1e-5));
    assertRefused("Expected Integer", NetworkOperators.FLATTEN, 1, Map.of("axis", "1"));
    assertRefused("Expected 5 inputs", NetworkOperators.BATCH_NORMALIZATION, 4, Map.of());
    assertRefused("Expected 2 inputs", NetworkOperators.CONV, 4, Map.of());
    assertRefused("Expected 1 inputs", NetworkOperators.TANH, 2, Map.of());
  }
}
