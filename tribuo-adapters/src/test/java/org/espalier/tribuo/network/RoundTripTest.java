package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import java.util.Map;
import java.util.Random;
import org.espalier.sparse.EspalierException;
import org.espalier.tribuo.bytes.ByteReader;
import org.junit.jupiter.api.Test;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;
import org.tribuo.test.Helpers;

/** Trainers, specs and models survive every form in which Tribuo stores them. */
class RoundTripTest {

  private static final DenseNetworkSpec SMALL = new DenseNetworkSpec(30, 10);

  private static <T extends Output<T>> SparseNetworkModel<T> train(
      NetworkSpec spec, OutputAdapter<T> adapter, MutableDataset<T> data) {
    return SparseNetworkTrainer.builder(spec, adapter)
        .optEpochs(2)
        .optSparsity(0.9)
        .build()
        .train(data);
  }

  private static <T extends Output<T>> void assertSurvives(
      SparseNetworkModel<T> model, Class<T> type, MutableDataset<T> data) {
    Helpers.testProvenanceMarshalling(model.getProvenance());
    Helpers.testModelSerialization(model, type);
    // Tolerance 0: the distributions are the same numbers.
    var loaded =
        (SparseNetworkModel<T>) Helpers.testModelProtoSerialization(model, type, data, 0.0);
    assertEquals(model.weights(), loaded.weights());
    assertEquals(model.getTopFeatures(5), loaded.getTopFeatures(5));
    var copy = (SparseNetworkModel<T>) model.copy();
    assertNotSame(model, copy);
    assertTrue(
        Helpers.predictionListDistributionEquals(model.predict(data), copy.predict(data), 0.0));
    copy.close();
    loaded.close();
  }

  @Test
  void models() {
    var labels = ToyData.labels(80, 1);
    assertSurvives(train(SMALL, new LabelAdapter(), labels), Label.class, labels);
    var numbers = ToyData.targets(80, 1);
    assertSurvives(train(SMALL, new RegressorAdapter(), numbers), Regressor.class, numbers);
    var sets = ToyData.labelSets(80, 1);
    assertSurvives(train(SMALL, new MultiLabelAdapter(), sets), MultiLabel.class, sets);
    var images = ToyData.images(80, 1);
    var convolutions = new ConvolutionalNetworkSpec(6, 6, 1, new int[] {3}, new int[] {});
    assertSurvives(train(convolutions, new LabelAdapter(), images), Label.class, images);
    var opaque = new BlockFactorySpec(ResidualFactory.class.getName(), Map.of("units", "9"));
    try (var model = train(opaque, new LabelAdapter(), labels)) {
      assertTrue(model.layers().isEmpty());
      assertSurvives(model, Label.class, labels);
    }
  }

  @Test
  void configurables() {
    var opaque = new BlockFactorySpec(ResidualFactory.class.getName(), Map.of("units", "9"));
    Helpers.testConfigurableRoundtrip(SMALL);
    Helpers.testConfigurableRoundtrip(
        new DenseNetworkSpec(new int[] {4}, ActivationFunction.TANH, true, 0.25));
    Helpers.testConfigurableRoundtrip(
        new ConvolutionalNetworkSpec(6, 6, 1, new int[] {3}, new int[] {7}));
    Helpers.testConfigurableRoundtrip(opaque);
    Helpers.testConfigurableRoundtrip(OptimizerSpec.sgd(0.1, 0.9));
    Helpers.testConfigurableRoundtrip(new LabelAdapter());
    Helpers.testConfigurableRoundtrip(new RegressorAdapter());
    Helpers.testConfigurableRoundtrip(new MultiLabelAdapter());
    Helpers.testConfigurableRoundtrip(
        SparseNetworkTrainer.builder(SMALL, new LabelAdapter()).optSparsity(0.9).build());
  }

  @Test
  void savedSparseIsSmall() {
    var data = ToyData.labels(80, 1);
    var spec = new DenseNetworkSpec(400, 400);
    var dense = SparseNetworkTrainer.builder(spec, new LabelAdapter()).optEpochs(1).build();
    int denseBytes = dense.train(data).serialize().getSerializedSize();
    int sparseBytes = train(spec, new LabelAdapter(), data).serialize().getSerializedSize();
    // 168 800 weights: 4 bytes each, or 1/8 and for one in ten 4 more; and what else a model has.
    assertTrue(denseBytes > 4 * 168_800, denseBytes + " bytes");
    assertTrue(sparseBytes < 168_800 / 8 + 4 * 16_900 + 20_000, sparseBytes + " bytes");
  }

  @Test
  void damagedBytesAreRefused() {
    var model = train(SMALL, new LabelAdapter(), ToyData.labels(80, 1));
    byte[] bytes = parts(model).toBytes();
    assertEquals(model.weights(), ModelParts.of(bytes).network().weights());
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      assertThrows(EspalierException.class, () -> ModelParts.of(cut));
      byte[] changed = bytes.clone();
      // The numbers at the begin are lengths and kinds; of those, most changes make no model.
      changed[random.nextInt(12)] ^= (byte) (1 + random.nextInt(255));
      assertThrows(EspalierException.class, () -> ModelParts.of(changed));
    }
  }

  private static ModelParts parts(SparseNetworkModel<?> model) {
    try {
      BytesValue value = model.serialize().getSerializedData().unpack(BytesValue.class);
      ByteReader in = new ByteReader(value.getValue().toByteArray());
      in.bytes();
      return ModelParts.of(in.bytes());
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void otherVersionsAndTooManyBytesAreRefused() {
    String name = SparseNetworkModel.class.getName();
    Any none = Any.pack(BytesValue.of(ByteString.EMPTY));
    assertThrows(
        IllegalArgumentException.class,
        () -> SparseNetworkModel.deserializeFromProto(1, name, none));
    assertThrows(
        EspalierException.class, () -> SparseNetworkModel.deserializeFromProto(0, name, none));
  }
}
