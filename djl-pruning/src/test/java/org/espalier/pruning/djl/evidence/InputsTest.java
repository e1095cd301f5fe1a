package org.espalier.pruning.djl.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks with several inputs, and with inputs that are not numbers to calculate with. */
class InputsTest {

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** A network of a + b measures on (a, b) what the same network without the sum does on a + b. */
  @Test
  void aNetworkMayHaveTwoInputs() {
    Shape shape = new Shape(4, 8);
    SequentialBlock one = new SequentialBlock().add(Linear.builder().setUnits(3).build());
    Networks.initialize(one, manager, shape, 1);
    SequentialBlock two =
        new SequentialBlock()
            .add(inputs -> new NDList(inputs.get(0).add(inputs.get(1))))
            .add(one.getChildren().get(0).getValue());
    two.initialize(manager, DataType.FLOAT32, shape, shape);
    Sample a = Networks.classes(manager, shape, 2);
    NDArray b = Networks.classes(manager, shape, 3).data().head();
    NDArray sum = a.data().head().add(b);
    Sample pair = new Sample(new NDList(a.data().head(), b), a.labels());
    Sample single = new Sample(new NDList(sum), a.labels());
    for (Collector collector : List.of(new LossGradients(), new Curvature(3))) {
      for (Statistic statistic : collector.provides()) {
        float[] expected = measure(collector, statistic, one, single, "01Linear_weight");
        float[] found = measure(collector, statistic, two, pair, "02Linear_weight");
        // sums in single and in double precision differ in the last bits
        assertArrayEquals(expected, found, 1e-6f, statistic.key());
      }
    }
    float[] flow =
        measure(new SynapticFlow(), Statistic.FLOW_GRADIENT, two, pair, "02Linear_weight");
    for (float value : flow) {
      assertEquals(2f, value, "two inputs of ones");
    }
  }

  @Test
  void rowsOfAnEmbeddingThatNoExampleUsesHaveNoGradient() {
    SequentialBlock network =
        new SequentialBlock()
            .add(new IdEmbedding.Builder().setDictionarySize(6).setEmbeddingSize(2).build())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(3).build());
    Networks.initialize(network, manager, new Shape(2, 3), 1);
    NDArray ids = manager.create(new long[] {0, 2, 5, 2, 2, 0}, new Shape(2, 3));
    Sample sample = new Sample(new NDList(ids), new NDList(manager.create(new float[] {0, 2})));
    String path = network.getParameters().keys().get(0);
    for (Collector collector : List.of(new LossGradients(), new Curvature(3), new SynapticFlow())) {
      for (Statistic statistic : collector.provides()) {
        float[] found = measure(collector, statistic, network, sample, path);
        if (statistic == Statistic.FLOW_GRADIENT) {
          // the example of ones uses row 1 alone
          assertTrue(found[2] > 0 && found[3] > 0);
          assertEquals(0f, found[0]);
        } else {
          assertTrue(found[0] != 0 && found[4] != 0 && found[11] != 0, statistic.key());
          assertEquals(0f, found[2], statistic.key());
          assertEquals(0f, found[9], statistic.key());
        }
      }
    }
  }

  @Test
  void sparseGradientsBecomeDense() {
    float[] dense = gradientOfWords(SparseFormat.DENSE);
    assertTrue(dense[0] != 0);
    assertArrayEquals(dense, gradientOfWords(SparseFormat.COO));
  }

  private float[] gradientOfWords(SparseFormat format) {
    TrainableWordEmbedding words =
        TrainableWordEmbedding.builder()
            .setVocabulary(new DefaultVocabulary(List.of("a", "b", "c", "d", "e", "f")))
            .setEmbeddingSize(2)
            .optSparseFormat(format)
            .build();
    SequentialBlock network =
        new SequentialBlock()
            .add(words)
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(3).build());
    Networks.initialize(network, manager, new Shape(2, 3), 1);
    NDArray ids = manager.create(new long[] {0, 2, 5, 2, 2, 0}, new Shape(2, 3));
    Sample sample = new Sample(new NDList(ids), new NDList(manager.create(new float[] {0, 2})));
    String path = network.getParameters().keys().get(0);
    return measure(new LossGradients(), Statistic.GRADIENT, network, sample, path);
  }

  private static float[] measure(
      Collector collector,
      Statistic statistic,
      SequentialBlock network,
      Sample sample,
      String path) {
    Loss loss = Loss.softmaxCrossEntropyLoss();
    return collector
        .collect(
            new Probe(network, loss, List.of(sample), Map.of(), 1), Set.of(statistic), Set.of(path))
        .get(path)
        .get(statistic);
  }
}
