package org.espalier.pruning.djl.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.L2WeightDecay;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.capture.ActivationStatistics;
import org.espalier.pruning.djl.capture.BatchNormStatistics;
import org.espalier.pruning.djl.capture.NeighborNorms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A measurement leaves no trace: not in the network, not in the engine, not in memory. */
class UntouchedTest {

  private static final Loss LOSS = Loss.softmaxCrossEntropyLoss();

  /** Networks with state that a forward pass in training mode changes. */
  enum Kind {
    CONVOLUTION(new Shape(4, 1, 8, 8)) {
      @Override
      Block create() {
        return Networks.convolution();
      }
    },
    RECURRENT(new Shape(4, 5, 2)) {
      @Override
      Block create() {
        return Networks.recurrent();
      }
    },
    /** Its dropouts are not among its children. */
    TRANSFORMER(new Shape(4, 2, 4)) {
      @Override
      Block create() {
        return new SequentialBlock()
            .add(new TransformerEncoderBlock(4, 2, 4, 0.5f, x -> new NDList(x.head().tanh())))
            .add(x -> new NDList(x.head().mean(new int[] {1})))
            .add(Linear.builder().setUnits(Networks.CLASSES).build());
      }
    };

    private final Shape input;

    Kind(Shape input) {
      this.input = input;
    }

    abstract Block create();
  }

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource
  void weightsGradientsStatisticsAndRandomNumbersStay(Kind kind) {
    Block network = Networks.initialize(kind.create(), manager, kind.input, 1);
    Sample sample = Networks.classes(manager, kind.input, 2);
    leaveGradients(network, sample);
    Map<String, float[]> before = state(network);
    float[] drawn = drawAfter(() -> {});
    for (Collector collector : collectors()) {
      for (Statistic statistic : collector.provides()) {
        float[] drawnAfterwards =
            drawAfter(() -> measure(collector, statistic, network, LOSS, sample));
        assertArrayEquals(drawn, drawnAfterwards, statistic.key());
        Map<String, float[]> after = state(network);
        assertEquals(before.keySet(), after.keySet());
        before.forEach(
            (name, values) -> assertArrayEquals(values, after.get(name), statistic + name));
      }
    }
    // The checks above could not fail if training drew no numbers here.
    assertNotEquals(drawn[0], drawAfter(() -> leaveGradients(network, sample))[0]);
  }

  @Test
  void batchesStay() {
    Block network =
        Networks.initialize(
            new SequentialBlock()
                .add(x -> new NDList(x.head().muli(2)))
                .add(Linear.builder().setUnits(Networks.CLASSES).build())
                .add(BatchNorm.builder().build()),
            manager,
            new Shape(4, 3),
            1);
    Sample sample = Networks.classes(manager, new Shape(4, 3), 2);
    NDArray data = sample.data().head();
    float[] before = data.toFloatArray();
    data.setRequiresGradient(true);
    for (Collector collector : allCollectors()) {
      collector.provides().forEach(s -> measure(collector, s, network, LOSS, sample));
    }
    assertArrayEquals(before, data.toFloatArray());
    assertArrayEquals(new float[before.length], data.getGradient().toFloatArray());
  }

  @Test
  void weightDecayInTheLossReachesNeitherTheGradientsNorTheManager() {
    Kind kind = Kind.CONVOLUTION;
    Block network = Networks.initialize(kind.create(), manager, kind.input, 1);
    Sample sample = Networks.classes(manager, kind.input, 2);
    NDList decayed = new NDList();
    Networks.weights(network)
        .forEach(path -> decayed.add(network.getParameters().get(path).getArray()));
    Loss loss =
        new SimpleCompositeLoss().addLoss(LOSS).addLoss(new L2WeightDecay("decay", decayed, 0.1f));
    leaveGradients(network, sample);
    Map<String, float[]> before = state(network);
    Map<Statistic, float[]> plain = new TreeMap<>();
    int arrays = allArrays();
    for (Collector collector : allCollectors()) {
      for (Statistic statistic : collector.provides()) {
        plain.put(statistic, measure(collector, statistic, network, LOSS, sample));
        assertArrayEquals(
            plain.get(statistic),
            measure(collector, statistic, network, loss, sample),
            statistic.key());
      }
    }
    assertEquals(arrays, allArrays());
    Map<String, float[]> after = state(network);
    before.forEach((name, values) -> assertArrayEquals(values, after.get(name), name));
  }

  /** Passes in training mode move running statistics, which those in inference mode use. */
  @Test
  void whatIsMeasuredTogetherIsWhatIsMeasuredAlone() {
    Kind kind = Kind.CONVOLUTION;
    Block network = Networks.initialize(kind.create(), manager, kind.input, 1);
    List<Sample> samples =
        List.of(Networks.classes(manager, kind.input, 2), Networks.classes(manager, kind.input, 3));
    Probe probe = new Probe(network, LOSS, samples, Map.of(), 3);
    for (Collector collector : allCollectors()) {
      Set<String> paths = paths(collector, network);
      var together = collector.collect(probe, collector.provides(), paths);
      for (Statistic statistic : collector.provides()) {
        var alone = collector.collect(probe, Set.of(statistic), paths);
        for (String path : paths) {
          assertArrayEquals(
              alone.get(path).get(statistic), together.get(path).get(statistic), statistic + path);
        }
      }
    }
  }

  @Test
  void twoHundredMeasurementsLeaveNoArrayBehind() {
    Kind kind = Kind.CONVOLUTION;
    Block network = Networks.initialize(kind.create(), manager, kind.input, 1);
    Sample sample = Networks.classes(manager, kind.input, 2);
    leaveGradients(network, sample);
    int arrays = allArrays();
    int own = manager.getManagedArrays().size();
    assertTrue(own > 0);
    int measurements = 0;
    while (measurements < 200) {
      for (Collector collector : allCollectors()) {
        for (Statistic statistic : collector.provides()) {
          if (statistic != Statistic.HESSIAN_DIAGONAL_EXACT) {
            measure(collector, statistic, network, LOSS, sample);
            measurements++;
          }
        }
      }
    }
    assertEquals(arrays, allArrays());
    assertEquals(own, manager.getManagedArrays().size());
  }

  /** Gradients are on by default on threads other than the one that loaded the engine. */
  @Test
  void anotherThreadMeasuresTheSame() throws Exception {
    Kind kind = Kind.CONVOLUTION;
    Block network = Networks.initialize(kind.create(), manager, kind.input, 1);
    Sample sample = Networks.classes(manager, kind.input, 2);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      int arrays = allArrays();
      for (Collector collector : allCollectors()) {
        for (Statistic statistic : collector.provides()) {
          float[] here = measure(collector, statistic, network, LOSS, sample);
          float[] there =
              executor.submit(() -> measure(collector, statistic, network, LOSS, sample)).get();
          assertArrayEquals(here, there, statistic.key());
        }
      }
      assertEquals(arrays, allArrays());
    } finally {
      executor.shutdownNow();
    }
  }

  private static List<Collector> collectors() {
    return List.of(new LossGradients(), new Curvature(2), new SynapticFlow());
  }

  /** Also those that want layers in a chain, with a batch norm after the first. */
  private static List<Collector> allCollectors() {
    List<Collector> all = new ArrayList<>(collectors());
    all.addAll(List.of(new ActivationStatistics(), new BatchNormStatistics(), new NeighborNorms()));
    return all;
  }

  private static Set<String> paths(Collector collector, Block network) {
    List<String> weights = Networks.weights(network);
    return Set.copyOf(collector instanceof BatchNormStatistics ? weights.subList(0, 1) : weights);
  }

  /** Measures all weights; returns the numbers of the first. */
  private static float[] measure(
      Collector collector, Statistic statistic, Block network, Loss loss, Sample sample) {
    return collector
        .collect(
            new Probe(network, loss, List.of(sample), Map.of(), 3),
            Set.of(statistic),
            paths(collector, network))
        .get(Networks.weights(network).get(0))
        .get(statistic);
  }

  private static int allArrays() {
    try (NDManager any = NDManager.newBaseManager()) {
      return any.getParentManager().getManagedArrays().size();
    }
  }

  private float[] drawAfter(Runnable action) {
    Engine.getInstance().setRandomSeed(5);
    action.run();
    try (NDArray numbers = manager.randomNormal(new Shape(4))) {
      return numbers.toFloatArray();
    }
  }

  /** What a training leaves between backward and step. */
  private static void leaveGradients(Block network, Sample sample) {
    try (NDManager scratch = NDManager.newBaseManager()) {
      ParameterStore store = new ParameterStore(scratch, false);
      NDList data = ArrayCopies.of(sample.data(), scratch, DataType.FLOAT32);
      NDList labels = ArrayCopies.of(sample.labels(), scratch, DataType.FLOAT32);
      try (GradientCollector collector = scratch.getEngine().newGradientCollector()) {
        collector.backward(LOSS.evaluate(labels, network.forward(store, data, labels, null)));
      }
    }
  }

  private static Map<String, float[]> state(Block network) {
    Map<String, float[]> state = new TreeMap<>();
    network
        .getParameters()
        .forEach(
            pair -> {
              Parameter parameter = pair.getValue();
              NDArray array = parameter.getArray();
              state.put(pair.getKey(), array.toFloatArray());
              if (parameter.requiresGradient()) {
                try (NDArray gradient = array.getGradient()) {
                  state.put(pair.getKey() + " gradient", gradient.toFloatArray());
                }
              }
            });
    return state;
  }
}
