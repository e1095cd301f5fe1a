package org.espalier.pruning.structured.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.repository.zoo.Criteria;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.criterion.ChannelCriterion;
import org.espalier.pruning.structured.criterion.ChannelEvidence;
import org.espalier.pruning.structured.ranking.Local;
import org.espalier.pruning.structured.target.Floor;
import org.espalier.pruning.structured.target.Target;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 1x6x6 input; 8 and 12 filters of 3x3 with norms, flatten, 3 classes. */
class StructuredPruningTest {

  private static final Shape INPUT = new Shape(2, 1, 6, 6);

  private NDManager manager;
  private Model model;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    model = Model.newInstance("small");
    model.setBlock(
        new SequentialBlock()
            .add(Conv2d.builder().setFilters(8).setKernelShape(new Shape(3, 3)).build())
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(Conv2d.builder().setFilters(12).setKernelShape(new Shape(3, 3)).build())
            .add(Activation.reluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(3).build()));
    model.getBlock().initialize(manager, DataType.FLOAT32, INPUT);
    SplittableRandom random = new SplittableRandom(5);
    for (Pair<String, Parameter> pair : model.getBlock().getParameters()) {
      NDArray array = pair.getValue().getArray();
      float[] values = new float[(int) array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(0.1, 1);
      }
      HostValues.write(array, values, manager);
    }
  }

  @AfterEach
  void close() {
    model.close();
    manager.close();
  }

  private static StructuredRecipe channels(double remove) {
    return StructuredRecipe.of(Target.channels(remove));
  }

  private static List<Integer> left(PrunedNetwork pruned) {
    return pruned.groups().stream().map(PrunedNetwork.Group::after).toList();
  }

  @Test
  void oneCallLeavesTheModelAlone() {
    Block block = model.getBlock();
    float[] before = block.getParameters().get("04Conv2d_weight").getArray().toFloatArray();
    PrunedNetwork pruned = StructuredPruning.prune(model, INPUT, Target.flops(0.5));
    assertSame(block, model.getBlock());
    float[] after = block.getParameters().get("04Conv2d_weight").getArray().toFloatArray();
    assertArrayEquals(before, after);
    assertTrue(2 * pruned.after().flops() <= pruned.before().flops());
    assertEquals(pruned.after(), pruned.steps().get(0).after());
    try (Model small = pruned.newModel("smaller")) {
      assertNotSame(block, small.getBlock());
      NDArray input = manager.ones(INPUT);
      ParameterStore store = new ParameterStore(manager, false);
      NDList output = small.getBlock().forward(store, new NDList(input), false);
      assertEquals(new Shape(2, 3), output.singletonOrThrow().getShape());
    }
  }

  @Test
  void onRequestTheModelGetsTheSmallerBlock() {
    Block block = model.getBlock();
    PrunedNetwork pruned = StructuredPruning.prune(model, INPUT, Target.channels(0.5));
    pruned.setIn(model);
    assertSame(pruned.block(), model.getBlock());
    NDArray weight = model.getBlock().getParameters().get("01Conv2d_weight").getArray();
    assertSame(model.getNDManager(), weight.getManager());
    assertEquals(8, block.getParameters().get("01Conv2d_weight").getArray().size(0));
  }

  @Test
  void savedAndLoadedByDjl(@TempDir Path folder) throws Exception {
    PrunedNetwork pruned = StructuredPruning.prune(model, INPUT, Target.channels(0.5));
    Path saved = folder.resolve("saved");
    pruned.save(saved, "pruned");
    Criteria<NDList, NDList> criteria =
        Criteria.builder().setTypes(NDList.class, NDList.class).optModelPath(saved).build();
    try (Model loaded = criteria.loadModel()) {
      NDArray input = manager.ones(INPUT);
      assertArrayEquals(run(pruned.block(), input), run(loaded.getBlock(), input));
    }
    pruned.block().clear();
  }

  private float[] run(Block block, NDArray input) {
    ParameterStore store = new ParameterStore(manager, false);
    return block.forward(store, new NDList(input), false).singletonOrThrow().toFloatArray();
  }

  /** 20 channels: 10 stay; the table says which layer has lost them. */
  @Test
  void channelsAreCountedExactly() {
    PrunedNetwork global = StructuredPruning.by(channels(0.5)).prune(model.getBlock(), INPUT);
    assertEquals(10, left(global).stream().mapToInt(Integer::intValue).sum());
    assertEquals(10, global.removed());
    PrunedNetwork local =
        StructuredPruning.by(channels(0.4).with(Local.INSTANCE)).prune(model.getBlock(), INPUT);
    // 0.6 of 8 is 4.8, of 12 is 7.2.
    assertEquals(List.of(5, 7), left(local));
    assertTrue(local.table().contains("01Conv2d_weight"), local.table());
    assertTrue(local.table().contains("8 ->      5 channels"), local.table());
    global.block().clear();
    local.block().clear();
  }

  @Test
  void excludedGroupsAndFloors() {
    PrunedNetwork pruned =
        StructuredPruning.by(
                channels(0.5).excluding("01*").with(new Floor(1, 4)).with(Local.INSTANCE))
            .prune(model.getBlock(), INPUT);
    assertEquals(1, pruned.groups().size());
    assertEquals(List.of(4), left(pruned));
    assertEquals(8, pruned.block().getParameters().get("01Conv2d_weight").getArray().size(0));
    pruned.block().clear();
    refused("none but excluded", StructuredPruning.by(channels(0.5).excluding("*")));
  }

  private void refused(String words, StructuredPruning pruning) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> pruning.prune(model.getBlock(), INPUT));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  /** The step's fractions are 1 - 0.25^(1/2) and 0.75 of the first network's 20 channels. */
  @Test
  void stepsShrinkGeometrically() {
    for (StructuredRecipe recipe : List.of(channels(0.75), channels(0.75).with(Local.INSTANCE))) {
      PrunedNetwork pruned = StructuredPruning.by(recipe.inSteps(2)).prune(model.getBlock(), INPUT);
      assertEquals(10, pruned.steps().get(0).selection().count());
      assertEquals(5, pruned.steps().get(1).selection().count());
      assertEquals(0.5, pruned.steps().get(0).remove());
      if (recipe.ranking() == Local.INSTANCE) {
        assertEquals(List.of(2, 3), left(pruned));
      }
      pruned.block().clear();
    }
  }

  @Test
  void eachStepIsFollowedByFineTuning() {
    int[] sizes = new int[3];
    PrunedNetwork pruned =
        StructuredPruning.by(StructuredRecipe.of(Target.parameters(0.6)).inSteps(3))
            .withFineTuning(
                (block, step) ->
                    sizes[step - 1] =
                        (int)
                            block.getParameters().values().stream()
                                .mapToLong(p -> p.getArray().size())
                                .sum())
            .prune(model.getBlock(), INPUT);
    int[] expected =
        IntStream.range(0, 3).map(i -> (int) pruned.steps().get(i).after().parameters()).toArray();
    assertArrayEquals(expected, sizes);
    assertTrue(sizes[0] > sizes[1] && sizes[1] > sizes[2]);
    assertTrue(sizes[2] <= 0.4 * pruned.before().parameters());
    pruned.block().clear();
  }

  @Test
  void evidenceIsMeasuredInEachStep() {
    float[] values = new float[2 * 36];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7 % 11) / 11f - 0.4f;
    }
    Sample sample =
        new Sample(
            new NDList(manager.create(values, INPUT)),
            new NDList(manager.create(new float[] {0, 2})));
    ChannelEvidence evidence = ChannelEvidence.of(Loss.softmaxCrossEntropyLoss(), List.of(sample));
    for (String criterion : List.of("taylor", "fisher", "apoz", "taylor-activation")) {
      StructuredRecipe recipe = channels(0.5).with(ChannelCriterion.parse(criterion)).inSteps(2);
      PrunedNetwork pruned =
          StructuredPruning.by(recipe).withEvidence(evidence).prune(model.getBlock(), INPUT);
      assertEquals(10, pruned.removed(), criterion);
      pruned.block().clear();
      refused("batches to measure on", StructuredPruning.by(recipe));
    }
  }

  @Test
  void latencyNeedsADevice() {
    StructuredRecipe recipe =
        StructuredRecipe.parse("structured: {target: {type: latency, remove: 0.5}}");
    refused("a model of a device", StructuredPruning.by(recipe));
    LatencyModel model =
        query ->
            OptionalDouble.of(
                1.0 + query.product().m() * query.product().k() * query.product().n());
    PrunedNetwork pruned =
        StructuredPruning.by(recipe).withLatency(model).prune(this.model.getBlock(), INPUT);
    assertTrue(pruned.removed() > 0);
    pruned.block().clear();
    assertThrows(
        InvalidInputException.class, () -> StructuredPruning.by(channels(0.5)).withLatency(model));
  }
}
