package org.espalier.tribuo.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.espalier.sparse.io.AtomicFile;
import org.tribuo.ONNXExportable;

/**
 * ONNX models that do not store their zeros. What was an initializer becomes a {@code Constant}
 * node of the same name with the values that are not zero and their row-major indices (attribute
 * {@code sparse_value}, in operator set 11 and later). A reader fills the zeros in again: ONNX
 * Runtime 1.20 computes the same bits as without. The file is smaller, the computation is not
 * faster.
 *
 * <p>ONNX has a second place for such values, {@code GraphProto.sparse_initializer}. ONNX Runtime
 * reads it alike, but ONNX's own inference of types then finds a sparse tensor where {@code Gemm}
 * and {@code Conv} want a dense one, and refuses the model; the output of a {@code Constant} is
 * dense.
 *
 * <p>An index is a protobuf varint, 7 bits a byte: with the 4 bytes of the value, a weight that
 * lives takes 5 to 7 bytes in tensors of at most 2^21 entries. Only what becomes smaller is
 * changed.
 */
public final class SparseConstants {

  private SparseConstants() {}

  /**
   * Returns the model with each float32 initializer in the smaller of the two forms. Zeros of
   * either sign are read back as +0.
   *
   * @param model as Tribuo exports it
   */
  public static ModelProto of(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInitializer().clearNode();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      NodeProto constant = isFloats(tensor) ? constant(tensor) : null;
      if (constant != null && constant.getSerializedSize() < tensor.getSerializedSize()) {
        graph.addNode(constant);
      } else {
        graph.addInitializer(tensor);
      }
    }
    // Constants first: a node may only read what stands before it.
    graph.addAllNode(model.getGraph().getNodeList());
    return model.toBuilder().setGraph(graph).build();
  }

  /**
   * Exports a model into a file that does not store its zeros; the counterpart of {@link
   * ONNXExportable#saveONNXModel}.
   *
   * @param model network, ensemble, linear model, or whatever else can be exported
   * @param domain a name in reverse, as {@code org.example.digits}
   * @param modelVersion of the exported model, as the caller counts
   * @param file replaced as a whole
   * @throws org.espalier.sparse.OutputException if it cannot be written
   */
  public static void saveONNXModel(
      ONNXExportable model, String domain, long modelVersion, Path file) {
    ModelProto sparse = of(model.exportONNXModel(domain, modelVersion));
    AtomicFile.write(file, sparse::writeTo);
  }

  /** Returns whether a tensor is of float32 as bytes: so Tribuo stores all but scalars. */
  private static boolean isFloats(TensorProto tensor) {
    return tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE && tensor.hasRawData();
  }

  private static NodeProto constant(TensorProto tensor) {
    AttributeProto.Builder value =
        AttributeProto.newBuilder()
            .setName("sparse_value")
            .setType(AttributeProto.AttributeType.SPARSE_TENSOR)
            .setSparseTensor(sparse(tensor));
    return NodeProto.newBuilder()
        .setOpType("Constant")
        .setName(tensor.getName())
        .addOutput(tensor.getName())
        .addAttribute(value)
        .build();
  }

  private static SparseTensorProto sparse(TensorProto tensor) {
    FloatBuffer values =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    TensorProto.Builder indices =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.INT64_VALUE);
    ByteBuffer alive =
        ByteBuffer.allocate(values.limit() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.limit(); i++) {
      if (values.get(i) != 0) {
        indices.addInt64Data(i);
        alive.putFloat(values.get(i));
      }
    }
    indices.addDims(indices.getInt64DataCount());
    return SparseTensorProto.newBuilder()
        .addAllDims(tensor.getDimsList())
        .setIndices(indices)
        .setValues(
            TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(indices.getInt64DataCount())
                .setRawData(ByteString.copyFrom(alive.flip())))
        .build();
  }
}
