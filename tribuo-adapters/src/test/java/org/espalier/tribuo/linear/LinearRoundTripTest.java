package org.espalier.tribuo.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Random;
import org.espalier.sparse.EspalierException;
import org.espalier.tribuo.GeneratedData;
import org.espalier.tribuo.bytes.ByteReader;
import org.espalier.tribuo.bytes.ByteWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;
import org.tribuo.test.Helpers;

/** Models survive every form in which Tribuo stores them, and are small in it. */
class LinearRoundTripTest {

  private static final int EXAMPLES = 240;

  @BeforeAll
  static void silence() {
    GeneratedData.silenceTribuo();
  }

  private static <T extends Output<T>> void assertSurvives(
      Trainer<T> trainer, Class<T> type, MutableDataset<T> data) {
    var model = new PrunedLinearTrainer<>(trainer).train(data);
    Helpers.testProvenanceMarshalling(model.getProvenance());
    Helpers.testModelSerialization(model, type);
    // Tolerance 0: the distributions are the same numbers.
    var loaded = (PrunedLinearModel<T>) Helpers.testModelProtoSerialization(model, type, data, 0.0);
    assertEquals(model.weights(), loaded.weights());
    assertEquals(model.getTopFeatures(-1), loaded.getTopFeatures(-1));
    assertEquals(model.getActiveFeatures(), loaded.getActiveFeatures());
    assertEquals(model.generatesProbabilities(), loaded.generatesProbabilities());
    assertEquals(model.serialize(), loaded.serialize());
    assertEquals(model.getProvenance(), model.copy().getProvenance());
    Helpers.testConfigurableRoundtrip(new PrunedLinearTrainer<>(trainer));
  }

  @Test
  void models() {
    assertSurvives(LinearModels.labels(), Label.class, GeneratedData.labels(EXAMPLES, 1));
    assertSurvives(LinearModels.numbers(), Regressor.class, GeneratedData.targets(EXAMPLES, 1));
    assertSurvives(LinearModels.sets(), MultiLabel.class, GeneratedData.labelSets(EXAMPLES, 1));
  }

  /** A matrix in which each weight lives with a probability, at least one. */
  private static SparseWeights random(int outputs, int features, double share, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[outputs][features];
    for (double[] row : rows) {
      for (int f = 0; f < features; f++) {
        row[f] = random.nextDouble() < share ? random.nextGaussian() : 0;
      }
    }
    rows[0][0] = 1;
    double[] bias = random.doubles(outputs).toArray();
    return new SparseWeights(SparseLines.ofRows(rows, features).transpose(), bias);
  }

  private static byte[] bytes(SparseWeights weights) {
    ByteWriter out = new ByteWriter();
    WeightBytes.write(weights, out);
    return out.toByteArray();
  }

  private static SparseWeights read(byte[] bytes, int outputs, int features) {
    ByteReader in = new ByteReader(bytes);
    SparseWeights weights = WeightBytes.read(outputs, features, in);
    in.requireEnd();
    return weights;
  }

  @Test
  void everyShapeAndShareComesBack() {
    for (int outputs : new int[] {1, 2, 7, 300}) {
      for (int features : new int[] {1, 63, 64, 65, 256, 257}) {
        for (double share : new double[] {0.001, 0.03, 0.5, 1}) {
          SparseWeights weights = random(outputs, features, share, outputs + features);
          assertEquals(weights, read(bytes(weights), outputs, features));
        }
      }
    }
  }

  @Test
  void bytesAreThoseOfTheSmallerFormat() {
    // 10 biases of 8 bytes and four lengths or forms of 4 bytes in either; 8 bytes a weight.
    // Bits: 10 x 1000 = 10 000, in 157 words of 8 bytes.
    SparseWeights half = random(10, 1000, 0.5, 1);
    int kept = half.columns().values().length;
    assertEquals(80 + 16 + 8 * kept + 157 * 8, bytes(half).length);
    // Rows: 11 pointers of 1 byte, columns up to 999 of 2 bytes; one more length.
    SparseWeights few = random(10, 1000, 0.005, 2);
    kept = few.columns().values().length;
    assertTrue(kept < 256, kept + " weights");
    assertEquals(80 + 20 + 8 * kept + 11 + 2 * kept, bytes(few).length);
  }

  @Test
  void aSavedModelIsSmall() {
    var dense = LinearModels.labels().train(GeneratedData.labels(EXAMPLES, 1));
    int denseBytes = dense.serialize().getSerializedSize();
    int sparseBytes = PrunedLinearModel.of(dense).serialize().getSerializedSize();
    // 96 of 120 weights of 8 bytes are gone, for 16 bytes of bits, lengths and the notes of the
    // provenance: names of features and provenance take most of this small model.
    assertTrue(sparseBytes < denseBytes - 96 * 8 + 600, sparseBytes + " of " + denseBytes);
  }

  @Test
  void damagedBytesAreRefused() {
    byte[] bits = bytes(random(3, 100, 0.5, 1));
    byte[] rows = bytes(random(3, 100, 0.01, 1));
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      for (byte[] good : new byte[][] {bits, rows}) {
        byte[] cut = java.util.Arrays.copyOf(good, random.nextInt(good.length));
        assertThrows(EspalierException.class, () -> read(cut, 3, 100));
      }
    }
    assertThrows(EspalierException.class, () -> read(bits, 4, 100));
    assertThrows(EspalierException.class, () -> read(bits, 3, 200));
    assertThrows(EspalierException.class, () -> read(rows, 4, 100));
    assertThrows(EspalierException.class, () -> read(rows, 3, 1));
    // The last 8 bytes hold bits 256 to 299 of 320: of the first bit, the value would be missing.
    bits[bits.length - 1] ^= 1;
    assertThrows(EspalierException.class, () -> read(bits, 3, 100));
  }

  @Test
  void otherVersionsAndOtherOutputsAreRefused() throws InvalidProtocolBufferException {
    String name = PrunedLinearModel.class.getName();
    Any none = Any.pack(BytesValue.of(ByteString.EMPTY));
    assertThrows(
        IllegalArgumentException.class,
        () -> PrunedLinearModel.deserializeFromProto(1, name, none));
    assertThrows(
        EspalierException.class, () -> PrunedLinearModel.deserializeFromProto(0, name, none));
    // The metadata of a model of labels, and what a model of numbers has behind them.
    var labels = LinearModels.labels().train(GeneratedData.labels(EXAMPLES, 1));
    Any data = PrunedLinearModel.of(labels).serialize().getSerializedData();
    ByteReader in = new ByteReader(data.unpack(BytesValue.class).getValue().toByteArray());
    ByteWriter mixed = new ByteWriter().bytes(in.bytes());
    LinearOutputs.write(new RegressorOutput(), mixed);
    WeightBytes.write(random(3, GeneratedData.FEATURES, 0.5, 1), mixed);
    Any message = Any.pack(BytesValue.of(ByteString.copyFrom(mixed.toByteArray())));
    assertThrows(
        EspalierException.class, () -> PrunedLinearModel.deserializeFromProto(0, name, message));
  }
}
