package org.espalier.pruning.structured.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Hints;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.Transformers;
import org.espalier.pruning.structured.op.Slice;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scores against central differences of gates: slices of weights times 1 + h and 1 - h. */
class GateImportanceTest {

  private static final float STEP = 1e-2f;
  private static final int BATCH = 3;
  private static final int OUTPUTS = 2;
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** BERT with a classifier of its pooled token: masks, and examples that end inside. */
  @Test
  void importanceOfHeadsAndUnits() {
    Block bert =
        new SequentialBlock()
            .add(Transformers.bert(3, 2))
            .add(list -> new NDList(list.get(1)))
            .add(Linear.builder().setUnits(OUTPUTS).build());
    List<DataDesc> inputs = Transformers.bertInputs(BATCH);
    Shape[] shapes = inputs.stream().map(DataDesc::getShape).toArray(Shape[]::new);
    bert.initialize(manager, DataType.FLOAT32, shapes);
    Transformers.fill(bert, 6, manager);
    List<Sample> batches = List.of(bertBatch(1), bertBatch(2));
    List<ChannelGroup> groups =
        StructuredNetwork.of(bert, inputs, Hints.none()).prunable().stream()
            .filter(group -> group.name().contains("transformer"))
            .toList();
    assertEquals(4, groups.size(), "heads and hidden units of two layers");
    Map<ChannelGroup, double[]> scores = GateImportance.of(bert, groups, Loss.l2Loss(), batches);
    for (ChannelGroup group : groups) {
      double[] expected = new double[group.size()];
      for (int channel = 0; channel < group.size(); channel++) {
        for (Sample batch : batches) {
          double[] more = gated(bert, group, channel, 1, 1 + STEP, batch, false);
          double[] less = gated(bert, group, channel, 1, 1 - STEP, batch, false);
          for (int e = 0; e < BATCH; e++) {
            expected[channel] += Math.abs(more[e] - less[e]) / (2 * STEP) / (2 * BATCH);
          }
        }
      }
      close(expected, scores.get(group), group);
    }
  }

  @Test
  void sensitivityOfHeadsAndUnits() {
    Block encoder = Transformers.encoder(4, 6);
    Shape shape = new Shape(BATCH, 5, Transformers.WIDTH);
    encoder.initialize(manager, DataType.FLOAT32, shape);
    Transformers.fill(encoder, 8, manager);
    List<Sample> batches = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      NDList data = new NDList(manager.randomNormal(shape));
      batches.add(new Sample(data, new NDList(manager.randomNormal(shape))));
    }
    List<ChannelGroup> groups = StructuredNetwork.of(encoder, shape).prunable();
    ChannelGroup heads = groups.get(0);
    ChannelGroup units = groups.get(1);
    double[] ofHeads =
        GradientSensitivity.ofHeads(encoder, List.of(heads), Loss.l2Loss(), batches).get(heads);
    double[] ofUnits =
        GradientSensitivity.ofUnits(encoder, List.of(units), Loss.l2Loss(), batches).get(units);
    close(sensitivity(encoder, heads, batches, 1), ofHeads, heads);
    double[] columns = sensitivity(encoder, units, batches, 1);
    double[] rows = sensitivity(encoder, units, batches, 0);
    double[] both = new double[rows.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = columns[i] + rows[i];
    }
    close(both, ofUnits, units);
  }

  /** Sums |derivative of a batch's loss| over batches, gates on slices along one axis. */
  private double[] sensitivity(Block block, ChannelGroup group, List<Sample> batches, int axis) {
    double[] sums = new double[group.size()];
    for (int channel = 0; channel < sums.length; channel++) {
      for (Sample batch : batches) {
        double difference = 0;
        double[] more = gated(block, group, channel, axis, 1 + STEP, batch, true);
        double[] less = gated(block, group, channel, axis, 1 - STEP, batch, true);
        for (int e = 0; e < more.length; e++) {
          difference += more[e] - less[e];
        }
        sums[channel] += Math.abs(difference) / (2 * STEP) / more.length;
      }
    }
    return sums;
  }

  /**
   * A head whose columns are 0 has no gradient at its gate. Without any hidden unit, no head has:
   * the second residual of DJL's encoder adds its input, not what attention made of it.
   */
  @Test
  void deadChannelsScoreZero() {
    Block encoder = Transformers.encoder(3, 4);
    Shape shape = new Shape(BATCH, 5, Transformers.WIDTH);
    encoder.initialize(manager, DataType.FLOAT32, shape);
    Transformers.fill(encoder, 8, manager);
    NDArray input = manager.randomNormal(shape);
    List<ChannelGroup> groups = StructuredNetwork.of(encoder, shape).prunable();
    ChannelGroup heads = groups.get(0);
    ChannelGroup units = groups.get(1);
    Sample batch = new Sample(new NDList(input), new NDList(manager.randomNormal(shape)));
    readers(heads, 2).forEach(slice -> Transformers.scale(encoder, slice, 0, manager));
    double[] alive = GateImportance.of(encoder, groups, Loss.l2Loss(), List.of(batch)).get(heads);
    assertEquals(0, alive[2]);
    assertEquals(1, alive[0] * alive[0] + alive[1] * alive[1], 1e-12);
    assertTrue(alive[0] > 0 && alive[1] > 0);
    for (int unit = 0; unit < 4; unit++) {
      readers(units, unit).forEach(s -> Transformers.scale(encoder, s, 0, manager));
    }
    Map<ChannelGroup, double[]> dead =
        GateImportance.of(encoder, groups, Loss.l2Loss(), List.of(batch));
    assertArrayEquals(new double[4], dead.get(units));
    assertArrayEquals(new double[3], dead.get(heads));
  }

  /** Our blocks are watched as DJL's are: what is left of a layer ranks as it did. */
  @Test
  void scoresOfASmallerNetwork() {
    Block bert = Transformers.bert(4, 1);
    List<DataDesc> inputs = Transformers.bertInputs(BATCH);
    Shape[] shapes = inputs.stream().map(DataDesc::getShape).toArray(Shape[]::new);
    bert.initialize(manager, DataType.FLOAT32, shapes);
    Transformers.fill(bert, 5, manager);
    StructuredNetwork network = StructuredNetwork.of(bert, inputs, Hints.none());
    ChannelGroup heads = network.prunable().get(0);
    readers(heads, 1).forEach(slice -> Transformers.scale(bert, slice, 0, manager));
    Block small = network.without(Selection.empty().with(heads, 1));
    ChannelGroup left = StructuredNetwork.of(small, inputs, Hints.none()).prunable().get(0);
    NDArray labels = manager.randomNormal(new Shape(BATCH, 5, Transformers.WIDTH));
    Sample batch = new Sample(Transformers.bertData(BATCH, 3, manager), new NDList(labels));
    Loss first = new FirstOutput();
    double[] before = GateImportance.of(bert, List.of(heads), first, List.of(batch)).get(heads);
    double[] after = GateImportance.of(small, List.of(left), first, List.of(batch)).get(left);
    assertArrayEquals(new double[] {before[0], before[2], before[3]}, after, 1e-4);
    assertTrue(after[0] > 0.01 && after[0] < 1);
    small.clear();
  }

  /** BERT returns two tensors. */
  private static final class FirstOutput extends Loss {

    FirstOutput() {
      super("first output");
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
      return Loss.l2Loss().evaluate(labels, new NDList(predictions.head()));
    }
  }

  @Test
  void refusesWhatItDoesNotSee() {
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(Linear.builder().setUnits(3).build())
            .add(Activation.tanhBlock());
    Shape shape = new Shape(2, 5);
    block.initialize(manager, DataType.FLOAT32, shape);
    Transformers.fill(block, 1, manager);
    Sample batch =
        new Sample(
            new NDList(manager.randomNormal(shape)),
            new NDList(manager.randomNormal(new Shape(2, 3))));
    List<ChannelGroup> groups = StructuredNetwork.of(block, shape).prunable();
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class,
            () -> GateImportance.of(block, groups, Loss.l2Loss(), List.of(batch)));
    assertTrue(refused.getMessage().contains("02Linear_weight"), refused::getMessage);
  }

  private static List<Slice> readers(ChannelGroup group, int channel) {
    return group.channels().get(channel).stream().filter(slice -> slice.axis() == 1).toList();
  }

  private Sample bertBatch(long seed) {
    NDArray labels = manager.randomNormal(new Shape(BATCH, OUTPUTS));
    return new Sample(Transformers.bertData(BATCH, seed, manager), new NDList(labels));
  }

  /** Returns the loss of each example, half of the mean square error, with a gate in place. */
  private double[] gated(
      Block block,
      ChannelGroup group,
      int channel,
      int axis,
      float gate,
      Sample batch,
      boolean training) {
    List<Slice> slices =
        group.channels().get(channel).stream().filter(slice -> slice.axis() == axis).toList();
    slices.forEach(slice -> Transformers.scale(block, slice, gate, manager));
    ParameterStore store = new ParameterStore(manager, false);
    float[] labels = batch.labels().head().toFloatArray();
    NDArray output = block.forward(store, batch.data(), training).head();
    float[] outputs = output.toFloatArray();
    slices.forEach(slice -> Transformers.scale(block, slice, 1 / gate, manager));
    double[] losses = new double[(int) output.size(0)];
    int width = outputs.length / losses.length;
    for (int i = 0; i < outputs.length; i++) {
      losses[i / width] += 0.5 * Math.pow(outputs[i] - labels[i], 2) / width;
    }
    return losses;
  }

  private static void close(double[] expected, double[] scores, ChannelGroup group) {
    double[] wanted = Gates.normalized(expected);
    assertEquals(wanted.length, scores.length);
    for (int i = 0; i < wanted.length; i++) {
      int at = i;
      assertEquals(wanted[i], scores[i], 5e-3, () -> group.name() + " " + at);
    }
    assertTrue(Arrays.stream(wanted).max().orElseThrow() > 0.1);
  }
}
