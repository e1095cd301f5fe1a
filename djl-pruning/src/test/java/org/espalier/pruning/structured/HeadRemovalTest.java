package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.Batchifier;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.block.SlimAttentionBlock;
import org.espalier.pruning.structured.block.SlimEncoderBlock;
import org.espalier.pruning.structured.op.Op;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads and hidden units of transformers as groups, and what is left without some. */
class HeadRemovalTest {

  private static final Shape INPUT = new Shape(2, 5, Transformers.WIDTH);
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private Block encoder(int heads, int hidden) {
    Block encoder = Transformers.encoder(heads, hidden);
    encoder.initialize(manager, DataType.FLOAT32, INPUT);
    Transformers.fill(encoder, 4, manager);
    return encoder;
  }

  /** 3 heads of size 4 in a width of 12, 7 hidden units. */
  @Test
  void headsAndHiddenUnitsAreChannels() {
    StructuredNetwork network = StructuredNetwork.of(encoder(3, 7), INPUT);
    List<ChannelGroup> groups = network.prunable();
    assertEquals(2, groups.size());
    ChannelGroup heads = groups.get(0);
    assertEquals("01selfAttention_01keyProjection_weight", heads.name());
    assertEquals(3, heads.size());
    // Key, query and value have rows and biases, the result has columns.
    assertEquals(7, heads.members().size());
    for (ChannelGroup.Member member : heads.members()) {
      assertArrayEquals(new int[] {4, 5, 6, 7}, heads.indices(1, member));
      assertEquals(member.parameter().contains("result") ? 1 : 0, member.axis());
    }
    ChannelGroup hidden = groups.get(1);
    assertEquals("03outputBlock_01Linear_weight", hidden.name());
    assertEquals(7, hidden.size());
    assertEquals(3, hidden.members().size());
  }

  @Test
  void theWidthStays() {
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(Transformers.WIDTH).build())
            .add(Transformers.encoder(3, 7))
            .add(Linear.builder().setUnits(2).build());
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 5, 3));
    StructuredNetwork network = StructuredNetwork.of(block, new Shape(2, 5, 3));
    ChannelGroup width =
        network.groups().stream()
            .filter(group -> group.name().equals("01Linear_weight"))
            .findFirst()
            .orElseThrow();
    assertEquals("02TransformerEncoderBlock: the width of an encoder stays", width.reason());
    assertEquals(Transformers.WIDTH, width.size());
  }

  /**
   * Without 1 of 3 heads (3 * 4 * 13 + 12 * 4 = 204 parameters) and 2 of 7 hidden units (2 * 13 + 2
   * * 12 = 50). Multiplied for each of 5 positions: 4 * 4 * 12 + 2 * 2 * 12 = 240 weights fewer.
   */
  @Test
  void sizes() {
    StructuredNetwork network = StructuredNetwork.of(encoder(3, 7), INPUT);
    List<ChannelGroup> groups = network.prunable();
    Selection selection = Selection.empty().with(groups.get(0), 0).with(groups.get(1), 3, 5);
    NetworkSize before = network.size();
    NetworkSize after = network.size(selection);
    assertEquals(204 + 50, before.parameters() - after.parameters());
    assertEquals(2 * 5 * 240, before.flops() - after.flops());
    // 4 projections of 12 x 12 and 2 of 12 x 7, each of 5 positions.
    assertEquals(2 * 5 * (4 * 144 + 2 * 84), before.flops());
  }

  /** The gate of a head multiplies its columns of the result projection. */
  @Test
  void aHeadWhoseGateIsZeroGoesUnnoticed() {
    Block encoder = encoder(4, 7);
    StructuredNetwork network = StructuredNetwork.of(encoder, INPUT);
    ChannelGroup heads = network.prunable().get(0);
    for (int head : new int[] {1, 3}) {
      heads.channels().get(head).stream()
          .filter(slice -> slice.parameter().contains("resultProjection"))
          .forEach(slice -> Transformers.scale(encoder, slice, 0, manager));
    }
    Block small = network.without(Selection.empty().with(heads, 1, 3));
    NDList data = new NDList(manager.randomNormal(INPUT));
    double difference =
        Transformers.difference(
            Transformers.run(encoder, data, false, manager),
            Transformers.run(small, data, false, manager));
    assertTrue(difference <= 1e-6, () -> "" + difference);
    Block attention = small.getChildren().get(0).getValue();
    assertEquals(2, assertInstanceOf(SlimAttentionBlock.class, attention).heads());
    small.clear();
  }

  /** Where all heads stay, DJL's blocks are enough. */
  @Test
  void fewerHiddenUnitsLeaveDjlsBlock() {
    StructuredNetwork network = StructuredNetwork.of(encoder(4, 7), INPUT);
    Selection selection = Selection.empty().with(network.prunable().get(1), 0, 1);
    Block small = network.without(selection);
    assertInstanceOf(TransformerEncoderBlock.class, small);
    small.clear();
  }

  @Test
  void anEncoderThatReadsAMask() {
    Block encoder = encoder(3, 7);
    Shape maskShape = new Shape(2, 5, 5);
    List<DataDesc> inputs = List.of(new DataDesc(INPUT), new DataDesc(maskShape, DataType.INT64));
    StructuredNetwork network = StructuredNetwork.of(encoder, inputs, Hints.none());
    Block whole = assertInstanceOf(SlimEncoderBlock.class, network.without(Selection.empty()));
    NDArray mask = manager.randomUniform(0, 1, maskShape).gt(0.4).toType(DataType.INT64, true);
    NDList data = new NDList(manager.randomNormal(INPUT), mask);
    List<float[]> masked = Transformers.run(encoder, data, false, manager);
    assertEquals(
        0, Transformers.difference(masked, Transformers.run(whole, data, false, manager)), 1e-6);
    NDList open = new NDList(data.get(0), mask.onesLike());
    assertNotEquals(
        0, Transformers.difference(masked, Transformers.run(whole, open, false, manager)), 1e-3);
    whole.clear();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.7})
  void aSmallerBertRunsAndTrains(double share) throws Exception {
    Block network =
        new SequentialBlock()
            .add(Transformers.bert(4, 2))
            .add(list -> new NDList(list.get(1)))
            .add(Linear.builder().setUnits(2).build());
    List<DataDesc> inputs = Transformers.bertInputs(2);
    Shape[] shapes = inputs.stream().map(DataDesc::getShape).toArray(Shape[]::new);
    network.initialize(manager, DataType.FLOAT32, shapes);
    StructuredNetwork structured = StructuredNetwork.of(network, inputs, Hints.none());
    Selection selection = Selection.empty();
    for (ChannelGroup group : structured.prunable()) {
      int count = (int) Math.min(group.size() - 1, Math.round(share * group.size()));
      selection = selection.with(group, IntStream.range(0, count).toArray());
    }
    Block small = structured.without(selection);
    assertTrue(structured.size(selection).flops() < structured.size().flops());
    try (Model model = Model.newInstance("bert")) {
      model.setBlock(small);
      float[] before = weights(small);
      train(model, shapes);
      assertTrue(Float.isFinite(before[0]) && !Arrays.equals(before, weights(small)));
    }
    // The description survives its text.
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(structured.op(selection));
    assertEquals(structured.op(selection), json.readValue(text, Op.class));
  }

  private static float[] weights(Block block) {
    return block.getParameters().values().stream()
        .filter(p -> p.getName().equals("weight"))
        .findFirst()
        .orElseThrow()
        .getArray()
        .toFloatArray();
  }

  private void train(Model model, Shape[] shapes) {
    Optimizer optimizer = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.1f)).build();
    try (Trainer trainer =
            model.newTrainer(
                new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer));
        NDManager scratch = trainer.getManager().newSubManager()) {
      trainer.initialize(shapes);
      NDList labels = new NDList(scratch.create(new float[] {0, 1}));
      try (Batch batch =
          new Batch(
              scratch,
              Transformers.bertData(2, 8, scratch),
              labels,
              2,
              Batchifier.STACK,
              Batchifier.STACK,
              0,
              1)) {
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
      }
    }
  }
}
