package org.espalier.pruning.structured.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.update.SoftFilters;
import org.espalier.pruning.core.update.StepContext;
import org.espalier.pruning.core.update.StepTensor;
import org.espalier.pruning.structured.Hints;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.Transformers;
import org.espalier.pruning.structured.op.Slice;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/** Neurons without a function go. */
class DeadChannelsTest {

  private static final Shape IMAGE = new Shape(1, 3, 6, 5);

  private static Bench dense(Block activation) {
    return new Bench(
        new Shape(1, 7), Bench.linear(6), activation, Bench.linear(5), activation, Bench.linear(3));
  }

  private static Bench images(Block activation, int padding) {
    return new Bench(
        IMAGE,
        Bench.conv(6, 1, true),
        activation,
        Bench.conv(4, padding, false),
        activation,
        Blocks.batchFlattenBlock(),
        Bench.linear(2));
  }

  /** Values are multiples of 1/8, so that sums are exact in any order: not a bit may change. */
  private static void requireSameBits(Bench bench, int removed, String... biases) {
    for (String path : bench.block().getParameters().keys()) {
      bench.edit(
          path,
          values -> {
            for (int i = 0; i < values.length; i++) {
              values[i] = Math.round(8 * values[i]) / 8f;
            }
          });
    }
    for (String bias : biases) {
      bench.edit(bias, values -> values[2] = 0);
    }
    Samples samples = bench.samples(3, 4);
    float[] eighths = samples.batches().get(0).head().toFloatArray();
    for (int i = 0; i < eighths.length; i++) {
      eighths[i] = Math.round(8 * eighths[i]) / 8f;
    }
    samples.batches().get(0).head().set(eighths);
    Reconstructed result = new DeadChannels().apply(bench.network());
    assertEquals(removed, result.removed().count());
    assertArrayEquals(
        bench.outputs(bench.block(), samples), bench.outputs(result.network().block(), samples), 0);
    result.network().block().clear();
  }

  @Test
  void outputsAreTheSameBits() {
    try (Bench bench = dense(Activation.reluBlock())) {
      bench.combine("01Linear_weight", 2);
      bench.combine("03Linear_weight", 2);
      requireSameBits(bench, 2, "01Linear_bias", "03Linear_bias");
    }
    try (Bench bench = images(Activation.reluBlock(), 1)) {
      bench.combine("01Conv2d_weight", 2);
      bench.combine("03Conv2d_weight", 1);
      requireSameBits(bench, 2, "01Conv2d_bias");
    }
  }

  @Test
  void constantsAreFolded() {
    try (Bench bench = dense(Activation.sigmoidBlock())) {
      bench.combine("01Linear_weight", 5);
      bench.combine("03Linear_weight", 1);
      bench.combine("03Linear_weight", 3);
      bench.requireUnchanged(new DeadChannels(), 3);
    }
    try (Bench bench = images(Activation.sigmoidBlock(), 0)) {
      bench.combine("01Conv2d_weight", 2);
      bench.combine("03Conv2d_weight", 1);
      bench.requireUnchanged(new DeadChannels(), 2);
    }
  }

  /** A constant behind padding is not one at the borders. */
  @Test
  void constantsBehindPaddingStay() {
    try (Bench bench = images(Activation.sigmoidBlock(), 1)) {
      bench.combine("01Conv2d_weight", 2);
      bench.combine("03Conv2d_weight", 1);
      Reconstructed result = bench.requireUnchanged(new DeadChannels(), 1);
      assertTrue(result.removed().slices().contains(new Slice("03Conv2d_weight", 0, 1)));
    }
  }

  /** Unit 4 behind BERT, whose three inputs are integers. */
  @Test
  void networksWithSeveralInputsOfIntegers() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block network =
          new SequentialBlock()
              .add(Transformers.bert(3, 1))
              .add(list -> new NDList(list.get(1)))
              .add(Bench.linear(6))
              .add(Activation.sigmoidBlock())
              .add(Bench.linear(3));
      Shape ids = new Shape(2, Transformers.POSITIONS);
      network.initialize(manager, DataType.FLOAT32, ids, ids, ids);
      Transformers.fill(network, 6, manager);
      network.getParameters().get("03Linear_weight").getArray().set(new NDIndex("4"), 0);
      NDList data = Transformers.bertData(2, 8, manager);
      Reconstructed result =
          new DeadChannels()
              .apply(StructuredNetwork.of(network, Transformers.bertInputs(2), Hints.none()));
      assertEquals(1, result.removed().count());
      Block small = result.network().block();
      assertArrayEquals(run(network, data, manager), run(small, data, manager), 1e-5f);
      small.clear();
      network.clear();
    }
  }

  private static float[] run(Block block, NDList data, NDManager manager) {
    ParameterStore store = new ParameterStore(manager, false);
    return block.forward(store, data, false).singletonOrThrow().toFloatArray();
  }

  /** Column 4 of the second layer; channel 2 of the second convolution: inputs 60 to 89. */
  @Test
  void whatNobodyReadsGoes() {
    try (Bench bench = dense(Activation.sigmoidBlock())) {
      bench.edit(
          "03Linear_weight",
          values -> {
            for (int row = 0; row < 5; row++) {
              values[6 * row + 4] = 0;
            }
          });
      bench.requireUnchanged(new DeadChannels(), 1);
    }
    try (Bench bench = images(Activation.sigmoidBlock(), 1)) {
      bench.edit(
          "06Linear_weight",
          values -> {
            for (int i = 60; i < 90; i++) {
              values[i] = 0;
              values[120 + i] = 0;
            }
          });
      bench.requireUnchanged(new DeadChannels(), 1);
    }
  }

  /** Unit 1 of the second layer reads only unit 2 of the first, which is dead. */
  @Test
  void deathSpreads() {
    try (Bench bench = dense(Activation.tanhBlock())) {
      bench.combine("01Linear_weight", 2);
      bench.edit(
          "03Linear_weight",
          values -> {
            for (int column = 0; column < 6; column++) {
              values[6 + column] = column == 2 ? 0.5f : 0;
            }
          });
      Reconstructed once = bench.requireUnchanged(new DeadChannels(), 1);
      Reconstructed twice = new DeadChannels().apply(once.network());
      assertEquals(1, twice.removed().count());
      Samples samples = bench.samples(4, 3);
      double difference = OutputDifference.largest(once.network(), twice.network(), samples);
      assertTrue(difference <= 1e-5, "outputs differ by " + difference);
      Reconstructed again = new DeadChannels().apply(twice.network());
      assertEquals(0, again.removed().count());
    }
  }

  /** What soft filter pruning has zeroed last can be removed: 2 of 6 filters without bias. */
  @Test
  void softlyPrunedFiltersGo() {
    try (Bench bench =
        new Bench(IMAGE, Bench.conv(6, 1, false), Activation.reluBlock(), Bench.conv(2, 1, true))) {
      int[] shape = {6, 3, 3, 3};
      bench.edit(
          "01Conv2d_weight",
          values ->
              new SoftFilters(0.3, 1)
                  .editWeights(
                      new StepTensor(
                          new TensorInfo("w", shape, true, 1),
                          Mask.dense(shape),
                          values,
                          new float[0],
                          new float[0],
                          0.1),
                      new StepContext(TrainingTime.START, 0)));
      bench.requireUnchanged(new DeadChannels(), 2);
    }
  }
}
