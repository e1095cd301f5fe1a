package org.espalier.pruning.djl.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.L2WeightDecay;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import ai.djl.util.PairList;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CaptureTest {

  private static final Shape IMAGES = new Shape(Nets.BATCH, 2, 6, 6);

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private static void measureAll(Probe probe, String path) {
    ActivationStatistics activations = new ActivationStatistics();
    BatchNormStatistics norms = new BatchNormStatistics();
    activations.collect(probe, activations.provides(), Set.of(path));
    norms.collect(probe, norms.provides(), Set.of(path));
    new NeighborNorms().collect(probe, EnumSet.of(Statistic.NEXT_NORM), Set.of(path));
  }

  /** A batch norm to update and dropout to draw numbers for, if something were wrong. */
  private Block withDropout() {
    SequentialBlock block = new SequentialBlock();
    block.add(Nets.convolutional(manager)).add(Dropout.builder().optRate(0.5f).build());
    return Nets.initialized(block, manager, IMAGES);
  }

  @Test
  void theNetworkIsBitForBitWhatItWas() {
    Block network = withDropout();
    String path = "01SequentialBlock_01Conv2d_weight";
    Probe probe = Nets.probe(network, Nets.batches(manager, 2, IMAGES), Map.of());
    Map<String, float[]> values = Nets.values(network);
    List<Place> places = Place.all(network);
    String description = network.toString();
    Engine.getInstance().setRandomSeed(5);
    float[] draws = manager.randomUniform(0, 1, new Shape(8)).toFloatArray();
    Engine.getInstance().setRandomSeed(5);
    measureAll(probe, path);
    assertArrayEquals(draws, manager.randomUniform(0, 1, new Shape(8)).toFloatArray());
    Map<String, float[]> after = Nets.values(network);
    values.forEach((name, before) -> assertArrayEquals(before, after.get(name), name));
    assertSamePlaces(places, Place.all(network));
    assertEquals(description, network.toString());
    // And dropout is on again.
    NDArray ones = manager.ones(new Shape(1, 64));
    Block dropout = network.getChildren().get(1).getValue();
    NDArray dropped =
        dropout
            .forward(new ParameterStore(manager, false), new NDList(ones), true)
            .singletonOrThrow();
    assertTrue(dropped.toFloatArray()[0] == 0 || dropped.toFloatArray()[0] == 2);
  }

  @Test
  void gradientsOfTheNetworkStayAlsoUnderWeightDecay() {
    Block network = Nets.mlp(manager);
    List<Sample> samples = Nets.batches(manager, 1, new Shape(Nets.BATCH, 6));
    NDArray weight = network.getParameters().get("04Linear_weight").getArray();
    Loss loss =
        new SimpleCompositeLoss()
            .addLoss(Loss.softmaxCrossEntropyLoss())
            .addLoss(new L2WeightDecay("decay", new NDList(weight)));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDList output =
          network.forward(new ParameterStore(manager, false), samples.get(0).data(), false);
      collector.backward(output.head().sum());
    }
    float[] before = weight.getGradient().toFloatArray();
    new ActivationStatistics()
        .collect(
            new Probe(network, loss, samples, Map.of(), 1),
            Set.of(Statistic.ACTIVATION_TAYLOR),
            Set.of("01Linear_weight"));
    assertTrue(weight.hasGradient());
    assertArrayEquals(before, weight.getGradient().toFloatArray());
    assertTrue(before[0] != 0);
  }

  @Test
  void aForwardPassThatFailsLeavesTheNetworkWhole() {
    SequentialBlock block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(3).build());
    Block network = Nets.initialized(block, manager, new Shape(2, 6));
    List<Place> places = Place.all(network);
    List<Sample> wrong = Nets.batches(manager, 1, new Shape(2, 7));
    ActivationStatistics collector = new ActivationStatistics();
    Probe probe = Nets.probe(network, wrong, Map.of());
    assertThrows(
        RuntimeException.class,
        () -> collector.collect(probe, collector.provides(), Set.of("01Linear_weight")));
    assertSamePlaces(places, Place.all(network));
    // The engine collects gradients for one at a time: the next one may.
    Engine.getInstance().newGradientCollector().close();
    assertTrue(network.getParameters().get(0).getValue().getArray().hasGradient());
  }

  @Test
  void twoHundredMeasurementsLeaveNoArrayBehind() throws Exception {
    Block network = Nets.convolutional(manager);
    Probe probe = Nets.probe(network, Nets.batches(manager, 1, IMAGES), Map.of());
    measureAll(probe, "01Conv2d_weight");
    int own = manager.getManagedArrays().size();
    int all = systemResources();
    for (int i = 0; i < 200; i++) {
      measureAll(probe, "01Conv2d_weight");
    }
    assertEquals(own, manager.getManagedArrays().size());
    assertEquals(all, systemResources());
  }

  /** Arrays and managers that nobody else owns; DJL shows the arrays only. */
  private int systemResources() throws ReflectiveOperationException {
    NDManager system = manager;
    while (system.getParentManager() != null && system.getParentManager() != system) {
      system = system.getParentManager();
    }
    Field resources = BaseNDManager.class.getDeclaredField("resources");
    resources.setAccessible(true);
    return ((Map<?, ?>) resources.get(system)).size();
  }

  @Test
  void attentionIsSeenThroughItsFields() {
    Block network =
        Nets.initialized(
            ScaledDotProductAttentionBlock.builder().setEmbeddingSize(4).setHeadCount(2).build(),
            manager,
            new Shape(Nets.BATCH, 3, 4));
    List<Sample> samples = Nets.batches(manager, 1, new Shape(Nets.BATCH, 3, 4));
    double[] x = Plain.doubles(samples.get(0).data().head().toFloatArray());
    Linear query = ((ScaledDotProductAttentionBlock) network).getQueryProjection();
    var found =
        new ActivationStatistics()
            .collect(
                Nets.probe(network, samples, Map.of()),
                Set.of(Statistic.INPUT_NORM),
                Set.of("02queryProjection_weight", "04resultProjection_weight"));
    assertArrayEquals(
        Plain.roots(Plain.dot(x, x, 4, 1)),
        found.get("02queryProjection_weight").get(Statistic.INPUT_NORM),
        1e-6f);
    assertEquals(4, found.get("04resultProjection_weight").get(Statistic.INPUT_NORM).length);
    assertSame(query, ((ScaledDotProductAttentionBlock) network).getQueryProjection());
    assertSame(query, network.getChildren().get(1).getValue());
  }

  @Test
  void everyWeightOfATransformerEncoderIsSeen() {
    SequentialBlock encoder = new SequentialBlock();
    encoder.add(new TransformerEncoderBlock(4, 2, 6, 0.1f, Activation::relu));
    Block network = Nets.initialized(encoder, manager, new Shape(Nets.BATCH, 3, 4));
    List<Sample> samples = Nets.batches(manager, 1, new Shape(Nets.BATCH, 3, 4));
    Set<String> paths =
        Set.copyOf(
            network.getParameters().keys().stream().filter(p -> p.endsWith("weight")).toList());
    var found =
        new ActivationStatistics()
            .collect(
                Nets.probe(network, samples, Map.of()),
                Set.of(Statistic.INPUT_NORM, Statistic.ZERO_FRACTION),
                paths);
    assertEquals(6, found.size());
    for (Map<Statistic, float[]> figures : found.values()) {
      float[] norms = figures.get(Statistic.INPUT_NORM);
      assertTrue(IntStream.range(0, norms.length).anyMatch(i -> norms[i] > 0));
    }
  }

  /** A convolution in a field of its own type: nothing else can stand there. */
  private static final class Picky extends AbstractBlock {

    private final Conv2d layer = addChildBlock("layer", Nets.conv3x3(2));
    private final List<Block> more =
        new ArrayList<>(List.of(addChildBlock("listed", Nets.conv3x3(2))));
    private final Block hidden = addChildBlock("unused", Nets.conv3x3(2));

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList in, boolean training, PairList<String, Object> params) {
      return more.get(0).forward(store, layer.forward(store, in, training), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }

    @Override
    public void initializeChildBlocks(NDManager owner, DataType type, Shape... inputShapes) {
      getChildren().values().forEach(child -> child.initialize(owner, type, inputShapes));
      assertNotSame(layer, hidden);
    }
  }

  @Test
  void whatCannotBeSeenIsRefusedByName() {
    Block network = Nets.initialized(new Picky(), manager, IMAGES);
    List<Place> places = Place.all(network);
    Probe probe = Nets.probe(network, Nets.batches(manager, 1, IMAGES), Map.of());
    ActivationStatistics collector = new ActivationStatistics();
    Set<Statistic> norm = Set.of(Statistic.INPUT_NORM);
    InvalidInputException typed =
        assertThrows(
            InvalidInputException.class,
            () -> collector.collect(probe, norm, Set.of("02listed_weight", "01layer_weight")));
    assertEquals("01layer_weight", typed.place());
    assertTrue(typed.getMessage().contains("field 'layer' of type"), typed.getMessage());
    assertSamePlaces(places, Place.all(network));
    InvalidInputException unused =
        assertThrows(
            InvalidInputException.class,
            () -> collector.collect(probe, norm, Set.of("03unused_weight")));
    assertEquals("03unused_weight", unused.place());
    assertTrue(unused.getMessage().contains("found no call"), unused.getMessage());
    assertEquals(1, collector.collect(probe, norm, Set.of("02listed_weight")).size());
    assertSame(network.getChildren().get(1).getValue(), ((Picky) network).more.get(0), "put back");
  }

  @Test
  void activationsAreTold() {
    assertElementwise(true, Activation.reluBlock());
    assertElementwise(true, Activation.geluBlock());
    assertElementwise(true, new LambdaBlock(Activation::sigmoid));
    assertElementwise(true, LambdaBlock.singleton(array -> array));
    assertElementwise(false, LambdaBlock.singleton(array -> array.softmax(-1)));
    assertElementwise(false, LambdaBlock.singleton(array -> array.softmax(0)));
    assertElementwise(false, LambdaBlock.singleton(array -> array.flip(2)));
    assertElementwise(false, LambdaBlock.singleton(array -> array.reshape(-1, 36)));
    // Works on the network's 6 x 6 maps only.
    assertElementwise(true, LambdaBlock.singleton(a -> a.reshape(-1, 72).reshape(-1, 2, 6, 6)));
    assertElementwise(false, LambdaBlock.singleton(a -> a.reshape(-1, 72).softmax(1)));
    Block pool = Pool.avgPool2dBlock(new Shape(3, 3), new Shape(1, 1), new Shape(1, 1));
    assertElementwise(false, pool);
    assertElementwise(false, Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
  }

  private void assertElementwise(boolean expected, Block function) {
    function.initialize(manager, DataType.FLOAT32, IMAGES);
    assertEquals(expected, Activations.isElementwise((LambdaBlock) function), function.toString());
  }

  private static void assertSamePlaces(List<Place> before, List<Place> after) {
    assertEquals(before, after);
    for (int i = 0; i < before.size(); i++) {
      assertSame(before.get(i).block(), after.get(i).block());
    }
  }

  @Test
  void parametersKeepTheirArrays() {
    Block network = Nets.convolutional(manager);
    Parameter weight = network.getParameters().get(0).getValue();
    NDArray array = weight.getArray();
    measureAll(Nets.probe(network, Nets.batches(manager, 1, IMAGES), Map.of()), "01Conv2d_weight");
    assertSame(array, weight.getArray());
    assertSame(manager, array.getManager());
  }
}
