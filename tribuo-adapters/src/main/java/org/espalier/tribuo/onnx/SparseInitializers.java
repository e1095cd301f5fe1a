package org.espalier.tribuo.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
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
 * ONNX models that do not store their zeros. A graph may keep a constant as the values that are not
 * zero and their row-major indices (ONNX, {@code GraphProto.sparse_initializer}, from version 5 of
 * its file format on). What reads such a file fills the zeros in again: ONNX Runtime 1.20 computes
 * the same bits as without. The file is smaller, the computation is not faster.
 *
 * <p>An index is a protobuf varint, 7 bits a byte: with the 4 bytes of the value, a weight that
 * lives takes 5 to 7 bytes in tensors of less than 2^21 entries. Only constants that become smaller
 * are changed.
 */
public final class SparseInitializers {

  private SparseInitializers() {}

  /**
   * Returns the model with each float32 constant in the smaller of the two forms. Zeros of either
   * sign are read back as +0.
   *
   * @param model as Tribuo exports it
   */
  public static ModelProto of(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInitializer();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      SparseTensorProto sparse = isFloats(tensor) ? sparse(tensor) : null;
      if (sparse != null && sparse.getSerializedSize() < tensor.getSerializedSize()) {
        graph.addSparseInitializer(sparse);
      } else {
        graph.addInitializer(tensor);
      }
    }
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
                .setName(tensor.getName())
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(indices.getInt64DataCount())
                .setRawData(ByteString.copyFrom(alive.flip())))
        .build();
  }
}
