package org.espalier.tribuo.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXOperators;

/** Constants without their zeros: what is stored, how large it is, that nothing else changes. */
class SparseConstantsTest {

  /** y = W x + b with W of rows x columns and biases of 0.5. */
  private static ModelProto linear(float[] weights, int rows, int columns) {
    float[] bias = new float[rows];
    Arrays.fill(bias, 0.5f);
    return OnnxRuntime.model(
        columns,
        rows,
        input -> {
          ONNXContext graph = input.onnxContext();
          return graph.operation(
              ONNXOperators.GEMM,
              List.of(
                  input,
                  graph.floatTensor("w", List.of(rows, columns), to -> to.put(weights)),
                  graph.array("b", bias)),
              "y",
              Map.of("transB", 1));
        });
  }

  private static float[] random(int size, double density, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextDouble() < density ? (float) random.nextGaussian() : 0;
    }
    return values;
  }

  /** Returns what the first node of a graph stores. */
  private static SparseTensorProto values(ModelProto model) {
    return model.getGraph().getNode(0).getAttribute(0).getSparseTensor();
  }

  @Test
  void valuesThatLiveAndWhereTheyStand() {
    float[] weights = new float[2 * 100];
    weights[3] = 2;
    weights[4] = -0f;
    weights[130] = -3;
    ModelProto dense = linear(weights, 2, 100);
    ModelProto sparse = SparseConstants.of(dense);
    NodeProto constant = sparse.getGraph().getNode(0);
    assertEquals("Constant", constant.getOpType());
    assertEquals(List.of("w_0"), constant.getOutputList());
    SparseTensorProto stored = values(sparse);
    assertEquals(List.of(2L, 100L), stored.getDimsList());
    assertEquals(List.of(3L, 130L), stored.getIndices().getInt64DataList());
    assertEquals(List.of(2L), stored.getIndices().getDimsList());
    assertEquals(List.of(2L), stored.getValues().getDimsList());
    var values =
        stored.getValues().getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(2f, values.getFloat());
    assertEquals(-3f, values.getFloat());
    // The biases and all else are as they were.
    assertEquals(
        List.of("b_0"),
        sparse.getGraph().getInitializerList().stream().map(TensorProto::getName).toList());
    assertEquals(
        dense.getGraph().getNodeList(),
        sparse.getGraph().getNodeList().subList(1, sparse.getGraph().getNodeCount()));
    assertEquals(dense.getOpsetImportList(), sparse.getOpsetImportList());
    float[] x = random(100, 1, 1);
    assertArrayEquals(
        new float[] {0.5f + 2 * x[3], 0.5f - 3 * x[30]}, OnnxRuntime.run(sparse, x)[0], 1e-6f);
  }

  @Test
  void sameBitsInFewerBytes() {
    float[] weights = random(300 * 200, 0.1, 2);
    ModelProto dense = linear(weights, 300, 200);
    ModelProto sparse = SparseConstants.of(dense);
    float[] x = random(200, 1, 3);
    float[] y = random(200, 0.2, 4);
    assertArrayEquals(OnnxRuntime.run(dense, x, y), OnnxRuntime.run(sparse, x, y));
    int alive = 0;
    for (float weight : weights) {
      alive += weight == 0 ? 0 : 1;
    }
    assertEquals(alive, values(sparse).getIndices().getInt64DataCount());
    // 60 000 weights: 4 bytes each, or for one in ten 4 and an index of at most 3 bytes.
    int saved = dense.getSerializedSize() - sparse.getSerializedSize();
    assertTrue(saved > 4 * 60_000 - 7 * alive - 100, saved + " bytes");
  }

  @Test
  void onlyWhatBecomesSmaller() {
    ModelProto full = linear(random(300, 1, 5), 3, 100);
    assertEquals(full, SparseConstants.of(full));
    // 8 weights in ten take 4 bytes and for the index 1 or, from 128 on, 2; dense, all take 4.
    ModelProto most = linear(random(3000, 0.8, 6), 30, 100);
    assertEquals(most, SparseConstants.of(most));
  }

  @Test
  void nothingIsAlive() {
    ModelProto sparse = SparseConstants.of(linear(new float[300], 3, 100));
    assertEquals(0, values(sparse).getIndices().getInt64DataCount());
    assertArrayEquals(
        new float[] {0.5f, 0.5f, 0.5f}, OnnxRuntime.run(sparse, random(100, 1, 7))[0]);
  }
}
