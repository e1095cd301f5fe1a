package org.espalier.pruning.djl.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.network.BlockTree;
import org.espalier.sparse.EspalierException;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossGradientsTest {

  private static final Shape ROWS = new Shape(5, 8);
  private static final Loss LOSS = Loss.softmaxCrossEntropyLoss();

  private final NDManager manager = NDManager.newBaseManager();
  private final LossGradients gradients = new LossGradients();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theGradientIsThatOfATrainerBitForBit(boolean recurrent) {
    Shape input = recurrent ? new Shape(5, 4, 2) : ROWS;
    Block network =
        Networks.initialize(
            recurrent ? Networks.recurrent() : Networks.mlp(Activation.reluBlock()),
            manager,
            input,
            1);
    if (recurrent) {
      // dropout would make the trainer's gradient random
      network = withoutDropout(network);
    }
    Sample sample = Networks.classes(manager, input, 2);
    Map<String, float[]> expected = ofTrainer(network, sample);
    Map<String, Map<Statistic, float[]>> found =
        gradients.collect(
            probe(network, List.of(sample), Map.of()),
            Set.of(Statistic.GRADIENT),
            expected.keySet());
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (path, values) -> assertArrayEquals(values, found.get(path).get(Statistic.GRADIENT), path));
  }

  @Test
  void gradientsOfBatchesAreSummedWithAndWithoutSign() {
    Block network = mlp();
    List<Sample> samples =
        List.of(Networks.classes(manager, ROWS, 3), Networks.classes(manager, ROWS, 4));
    String path = Networks.weights(network).get(0);
    float[] first = measure(network, samples.subList(0, 1), path, Statistic.GRADIENT);
    float[] second = measure(network, samples.subList(1, 2), path, Statistic.GRADIENT);
    float[] sum = measure(network, samples, path, Statistic.GRADIENT);
    float[] sumOfAbs = measure(network, samples, path, Statistic.GRADIENT_ABS);
    boolean signsDiffer = false;
    for (int i = 0; i < sum.length; i++) {
      assertEquals((float) ((double) first[i] + second[i]), sum[i]);
      assertEquals(
          (float) (Math.abs((double) first[i]) + Math.abs((double) second[i])), sumOfAbs[i]);
      signsDiffer |= first[i] * second[i] < 0;
    }
    assertTrue(signsDiffer, "else the two sums could not be told apart");
  }

  @Test
  void theGradientIsTakenAtTheMaskedWeightsAndIsDense() {
    Block network = mlp();
    Sample sample = Networks.classes(manager, ROWS, 5);
    String path = Networks.weights(network).get(1);
    float[] weights = Networks.values(network, path);
    byte[] kept = new byte[weights.length];
    for (int i = 0; i < kept.length; i += 2) {
      kept[i] = 1;
    }
    Mask mask = Mask.ofBytes(kept, 3, 6);
    float[] found =
        gradients
            .collect(
                probe(network, List.of(sample), Map.of(path, mask)),
                Set.of(Statistic.GRADIENT),
                Set.of(path))
            .get(path)
            .get(Statistic.GRADIENT);
    assertArrayEquals(weights, Networks.values(network, path));
    mask.applyTo(weights);
    try (NDArray array = network.getParameters().get(path).getArray().stopGradient()) {
      array.muli(manager.create(mask.toFloats(), array.getShape()));
    }
    assertArrayEquals(ofTrainer(network, sample).get(path), found);
    for (int i = 1; i < found.length; i += 2) {
      assertTrue(found[i] != 0, "a pruned weight has a gradient");
    }
  }

  /** One linear layer: the gradient of ½(wᵀx + b - y)² is (wᵀx + b - y) x. */
  @Test
  void examplesAreMeasuredOneByOne() {
    Shape input = new Shape(4, 3);
    Block network =
        Networks.initialize(
            new SequentialBlock().add(Linear.builder().setUnits(1).build()), manager, input, 6);
    float[] x = {1, -2, 0.5f, 3, 1, -1, 0.25f, 2, 2, -1, -1, 4};
    float[] y = {1, 0, -1, 2};
    List<Sample> samples = List.of(regression(x, y, 0, 3), regression(x, y, 3, 4));
    float[] w = Networks.values(network, "01Linear_weight");
    float[] b = Networks.values(network, "01Linear_bias");
    Map<Statistic, float[]> found =
        gradients
            .collect(
                new Probe(network, Loss.l2Loss(), samples, Map.of(), 0),
                Set.of(Statistic.GRADIENT_SQUARE, Statistic.GRADIENT_SAMPLES),
                Set.of("01Linear_weight"))
            .get("01Linear_weight");
    double[] squares = new double[3];
    for (int e = 0; e < 4; e++) {
      double residual = b[0] - y[e];
      for (int i = 0; i < 3; i++) {
        residual += w[i] * x[3 * e + i];
      }
      for (int i = 0; i < 3; i++) {
        double gradient = residual * x[3 * e + i];
        squares[i] += gradient * gradient / 4;
        assertEquals(gradient, found.get(Statistic.GRADIENT_SAMPLES)[3 * e + i], 1e-5);
      }
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(squares[i], found.get(Statistic.GRADIENT_SQUARE)[i], 1e-5 * squares[i]);
    }
  }

  @Test
  void batchNormsOfSingleExamplesUseTheirRunningStatistics() {
    Shape input = new Shape(4, 1, 8, 8);
    Block network = Networks.initialize(Networks.convolution(), manager, input, 7);
    Sample sample = Networks.classes(manager, input, 8);
    String path = "07Linear_weight";
    float[] rows = measure(network, List.of(sample), path, Statistic.GRADIENT_SAMPLES);
    double[] mean = new double[rows.length / 4];
    for (int i = 0; i < rows.length; i++) {
      mean[i % mean.length] += rows[i] / 4.0;
    }
    double[][] expected;
    Probe probe = probe(network, List.of(sample), Map.of());
    try (NetworkCopy copy =
        new NetworkCopy(probe, Set.of(path), DataType.FLOAT64, MaskedCopies.Change.NONE)) {
      expected = copy.gradient(new BatchLoss(network, LOSS, sample, DataType.FLOAT64, false, 1));
    }
    assertArrayEquals(expected[0], mean, 1e-5);
  }

  @Test
  void samplesThatDoNotFitInMemoryAreRefusedWithTheNumbers() {
    Block network = mlp();
    LossGradients small = new LossGradients(959);
    String path = Networks.weights(network).get(0);
    Probe probe = probe(network, List.of(Networks.classes(manager, ROWS, 9)), Map.of());
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> small.collect(probe, Set.of(Statistic.GRADIENT_SAMPLES), Set.of(path)));
    // 5 examples, 6 x 8 weights
    assertEquals("gradient_samples", refusal.place());
    assertEquals("5 examples x 48 weights x 4 bytes = 960 bytes", refusal.found());
    new LossGradients(960).collect(probe, Set.of(Statistic.GRADIENT_SAMPLES), Set.of(path));
  }

  @Test
  void unknownParametersAndMissingBatchesAreRefused() {
    Block network = mlp();
    Sample sample = Networks.classes(manager, ROWS, 9);
    InvalidInputException unknown =
        assertThrows(
            InvalidInputException.class,
            () -> measure(network, List.of(sample), "nowhere", Statistic.GRADIENT));
    assertEquals("nowhere", unknown.place());
    InvalidInputException noBatches =
        assertThrows(
            InvalidInputException.class,
            () -> measure(network, List.of(), "01Linear_weight", Statistic.GRADIENT));
    assertEquals("batches", noBatches.place());
  }

  @Test
  void anOpenGradientCollectorIsReported() {
    Block network = mlp();
    Sample sample = Networks.classes(manager, ROWS, 9);
    GradientCollector open = manager.getEngine().newGradientCollector();
    try {
      EspalierException refusal =
          assertThrows(
              EspalierException.class,
              () -> measure(network, List.of(sample), "01Linear_weight", Statistic.GRADIENT));
      assertEquals("evidence", refusal.place());
    } finally {
      open.close();
    }
    assertTrue(
        network.getParameters().get("01Linear_weight").getArray().hasGradient(),
        "a failed measurement restores the network, too");
    measure(network, List.of(sample), "01Linear_weight", Statistic.GRADIENT);
  }

  private Block mlp() {
    return Networks.initialize(Networks.mlp(Activation.reluBlock()), manager, ROWS, 1);
  }

  private Sample regression(float[] x, float[] y, int from, int to) {
    return new Sample(
        new NDList(
            manager.create(Arrays.copyOfRange(x, 3 * from, 3 * to), new Shape(to - from, 3))),
        new NDList(manager.create(Arrays.copyOfRange(y, from, to), new Shape(to - from, 1))));
  }

  private static Probe probe(Block network, List<Sample> samples, Map<String, Mask> masks) {
    return new Probe(network, LOSS, samples, masks, 42);
  }

  private float[] measure(Block network, List<Sample> samples, String path, Statistic statistic) {
    return gradients
        .collect(probe(network, samples, Map.of()), Set.of(statistic), Set.of(path))
        .get(path)
        .get(statistic);
  }

  private static Block withoutDropout(Block network) {
    new DropoutRates(BlockTree.blocks(network));
    return network;
  }

  /** The gradients of DJL's own training, without a step. */
  private Map<String, float[]> ofTrainer(Block network, Sample sample) {
    Map<String, float[]> found = new TreeMap<>();
    try (Model model = Model.newInstance("reference")) {
      model.setBlock(network);
      try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(LOSS))) {
        try (GradientCollector collector = trainer.newGradientCollector()) {
          NDList predictions = trainer.forward(new NDList(sample.data()), sample.labels());
          collector.backward(LOSS.evaluate(sample.labels(), predictions));
        }
        network
            .getParameters()
            .forEach(
                pair -> {
                  if (pair.getValue().requiresGradient()) {
                    try (NDArray gradient = pair.getValue().getArray().getGradient()) {
                      found.put(pair.getKey(), gradient.toFloatArray());
                    }
                  }
                });
      }
      return found;
    }
  }
}
