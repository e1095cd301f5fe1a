package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.OutputException;
import org.espalier.tribuo.onnx.SparseConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.ONNXExportable;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.interop.onnx.LabelTransformer;
import org.tribuo.interop.onnx.MultiLabelTransformer;
import org.tribuo.interop.onnx.OutputTransformer;
import org.tribuo.interop.onnx.RegressorTransformer;

/** Trained networks exported to ONNX and run by ONNX Runtime. */
class ExportTest {

  @TempDir Path folder;

  private static <T extends Output<T>> SparseNetworkModel<T> train(
      NetworkSpec spec, OutputAdapter<T> adapter, FeatureScaling scaling, Dataset<T> data) {
    return SparseNetworkTrainer.builder(spec, adapter)
        .optOptimizer(OptimizerSpec.adam(0.01))
        .optFeatureScaling(scaling)
        .optEpochs(4)
        .optSparsity(0.9)
        .build()
        .train(data);
  }

  /** Exports both ways; the form without zeros must be no larger and agree as well. */
  private <T extends Output<T>> void assertExports(
      SparseNetworkModel<T> model, OutputTransformer<T> transformer, Dataset<T> examples)
      throws IOException {
    Path full = folder.resolve("full.onnx");
    model.saveONNXModel("org.example", 1, full);
    OnnxAgreement.assertAgrees(model, full, transformer, examples);
    Path sparse = folder.resolve("sparse.onnx");
    SparseConstants.saveONNXModel(model, "org.example", 1, sparse);
    OnnxAgreement.assertAgrees(model, sparse, transformer, examples);
    assertTrue(Files.size(sparse) < Files.size(full));
  }

  @Test
  void labels() throws IOException {
    var spec = new DenseNetworkSpec(64, 32);
    var data = ToyData.labels(300, 1);
    var model = train(spec, new LabelAdapter(), FeatureScaling.STANDARDISE, data);
    assertExports(model, new LabelTransformer(), ToyData.labels(100, 2));
  }

  @Test
  void batchNormalizedAndSmooth() throws IOException {
    var data = ToyData.labels(300, 1);
    for (ActivationFunction function : ActivationFunction.values()) {
      var spec = new DenseNetworkSpec(new int[] {30, 10}, function, true, 0.1);
      var model = train(spec, new LabelAdapter(), FeatureScaling.NONE, data);
      assertExports(model, new LabelTransformer(), ToyData.labels(100, 2));
    }
  }

  @Test
  void numbers() throws IOException {
    var spec = new DenseNetworkSpec(64, 32);
    var data = ToyData.targets(300, 1);
    var model = train(spec, new RegressorAdapter(), FeatureScaling.STANDARDISE, data);
    assertExports(model, new RegressorTransformer(), ToyData.targets(100, 2));
  }

  @Test
  void labelSets() throws IOException {
    var spec = new DenseNetworkSpec(64, 32);
    var data = ToyData.labelSets(300, 1);
    var model = train(spec, new MultiLabelAdapter(), FeatureScaling.STANDARDISE, data);
    assertExports(model, new MultiLabelTransformer(), ToyData.labelSets(100, 2));
  }

  @Test
  void imagesOfWhichTribuoKnowsSomePixels() throws IOException {
    // 8 x 6 pixels, of which the last two rows are black in all examples.
    var spec = new ConvolutionalNetworkSpec(8, 6, 1, new int[] {8, 4}, new int[] {16});
    var data = ToyData.images(300, 1);
    for (FeatureScaling scaling : FeatureScaling.values()) {
      var model = train(spec, new LabelAdapter(), scaling, data);
      assertEquals(36, model.getFeatureIDMap().size());
      assertEquals(48, model.inputLayout().size());
      assertExports(model, new LabelTransformer(), ToyData.images(100, 2));
    }
  }

  /** Returns the tensors of weights in a graph. */
  private static List<WeightCount> weights(ModelProto model) {
    List<WeightCount> counts = new ArrayList<>();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      // Tribuo numbers equal names; the first is _0.
      String name = tensor.getName().replaceFirst("_0$", "");
      if (name.endsWith("weight")) {
        FloatBuffer buffer =
            tensor
                .getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        counts.add(WeightCount.of(name, values));
      }
    }
    return counts;
  }

  @Test
  void prunedWeightsAreExactlyZero() {
    var spec = new DenseNetworkSpec(64, 32);
    var model = train(spec, new LabelAdapter(), FeatureScaling.STANDARDISE, ToyData.labels(100, 1));
    ModelProto full = model.exportONNXModel("org.example", 1);
    // 64 x 20 keeps 128, 32 x 64 keeps 205 (204.8 + 0.5, cut), 2 x 32 keeps 6 (6.4 + 0.5, cut).
    assertEquals(
        List.of(
            new WeightCount("01Linear_weight", 1280, 1152),
            new WeightCount("03Linear_weight", 2048, 1843),
            new WeightCount("05Linear_weight", 64, 58)),
        weights(full));
    ModelProto sparse = SparseConstants.of(full);
    assertEquals(
        List.of(128L, 205L, 6L),
        sparse.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("Constant"))
            .filter(node -> node.getName().contains("weight"))
            .map(node -> node.getAttribute(0).getSparseTensor().getValues().getDims(0))
            .toList());
  }

  @Test
  void whatTheFileSaysOfItself() {
    var model =
        train(
            new DenseNetworkSpec(4),
            new LabelAdapter(),
            FeatureScaling.STANDARDISE,
            ToyData.labels(50, 1));
    ModelProto proto = model.exportONNXModel("org.example.toy", 7);
    assertEquals("org.example.toy", proto.getDomain());
    assertEquals(7, proto.getModelVersion());
    assertEquals(6, proto.getIrVersion());
    assertEquals(13, proto.getOpsetImport(0).getVersion());
    assertEquals(1, proto.getOpsetImportCount());
    assertEquals("SparseNetworkModel", proto.getGraph().getName());
    assertEquals("input", proto.getGraph().getInput(0).getName());
    assertEquals("output", proto.getGraph().getOutput(0).getName());
    var shape = proto.getGraph().getInput(0).getType().getTensorType().getShape();
    assertEquals("batch", shape.getDim(0).getDimParam());
    assertEquals(ToyData.FEATURES, shape.getDim(1).getDimValue());
    assertEquals(
        model.serializeProvenance(model.getProvenance()),
        proto.getMetadataPropsList().stream()
            .filter(entry -> entry.getKey().equals(ONNXExportable.PROVENANCE_METADATA_FIELD))
            .findFirst()
            .orElseThrow()
            .getValue());
  }

  @Test
  void networksOfOtherBlocksAreRefused() {
    var spec = new BlockFactorySpec(ResidualFactory.class.getName(), Map.of("units", "9"));
    var data = ToyData.labels(50, 1);
    try (var model = train(spec, new LabelAdapter(), FeatureScaling.STANDARDISE, data)) {
      Path file = folder.resolve("none.onnx");
      var e =
          assertThrows(
              InvalidInputException.class, () -> model.saveONNXModel("org.example", 1, file));
      assertTrue(e.getMessage().contains("ResidualFactory"), e.getMessage());
      assertFalse(Files.exists(file));
    }
  }

  @Test
  void placesThatCannotBeWrittenAreNamed() {
    SparseNetworkModel<Label> model =
        train(
            new DenseNetworkSpec(4),
            new LabelAdapter(),
            FeatureScaling.STANDARDISE,
            ToyData.labels(50, 1));
    Path file = folder.resolve("no").resolve("model.onnx");
    assertThrows(OutputException.class, () -> model.saveONNXModel("org.example", 1, file));
    assertThrows(
        OutputException.class, () -> SparseConstants.saveONNXModel(model, "org.example", 1, file));
  }
}
