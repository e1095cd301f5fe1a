package org.espalier.pruning.structured.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.PointwiseFeedForwardBlock;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.Transformers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our blocks compute what DJL's do, where DJL's can. */
class SlimBlocksTest {

  private static final int WIDTH = 12;
  private static final float RATE = 0.3f;
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void attentionInItsFourForms() {
    Block attention =
        ScaledDotProductAttentionBlock.builder()
            .setEmbeddingSize(WIDTH)
            .setHeadCount(3)
            .optAttentionProbsDropoutProb(RATE)
            .build();
    Block slim = new SlimAttentionBlock(WIDTH, 3, 4, RATE);
    NDArray values = manager.randomNormal(new Shape(2, 5, WIDTH));
    NDArray queries = manager.randomNormal(new Shape(2, 3, WIDTH));
    NDArray square = mask(2, 5, 5);
    NDArray cross = mask(2, 3, 5);
    NDArray offsets = square.expandDims(1).mul(-1f).add(1f).mul(-100000f);
    compare(
        attention,
        slim,
        List.of(
            new NDList(values),
            new NDList(values, square),
            new NDList(values, square.toType(DataType.INT64, true)),
            new NDList(values, offsets),
            new NDList(values, queries, values),
            new NDList(values, queries, values, cross)));
  }

  @Test
  void encoderWithAndWithoutMask() {
    Block encoder = new TransformerEncoderBlock(WIDTH, 4, 7, RATE, Activation::tanh);
    NDArray values = manager.randomNormal(new Shape(2, 5, WIDTH));
    compare(
        encoder,
        encoder(Activation::tanh, RATE),
        List.of(new NDList(values), new NDList(values, mask(2, 5, 5))));
  }

  @Test
  void bertInBatchesOfTwoAndOne() {
    Block bert = Transformers.bert(4, 2);
    SlimBertBlock slim =
        new SlimBertBlock(
            new SlimBertBlock.Embedding(
                embedding(Transformers.TOKENS),
                embedding(2),
                Transformers.POSITIONS,
                WIDTH,
                norm(),
                Dropout.builder().optRate(0.1f).build()),
            IntStream.range(0, 2).<Block>mapToObj(i -> encoder(Activation::gelu, 0.1f)).toList(),
            Linear.builder().setUnits(WIDTH).build());
    compare(
        bert,
        slim,
        List.of(
            Transformers.bertData(2, 1, manager),
            Transformers.bertData(3, 2, manager),
            Transformers.bertData(1, 3, manager)));
    assertEquals(bert.describeInput().keys(), slim.describeInput().keys());
  }

  /** Two heads of size 4 behind a width of 12: by hand, with one key everything is its value. */
  @Test
  void fewerHeadsThanTheWidthHolds() {
    Block slim = new SlimAttentionBlock(WIDTH, 2, 4, 0);
    slim.initialize(manager, DataType.FLOAT32, new Shape(1, 1, WIDTH));
    Transformers.fill(slim, 5, manager);
    NDArray input = manager.randomNormal(new Shape(1, 1, WIDTH));
    NDArray value = linear(slim, "03valueProjection", input);
    NDArray wanted = linear(slim, "04resultProjection", value);
    float[] found = Transformers.run(slim, new NDList(input), false, manager).get(0);
    assertArrayEquals(wanted.toFloatArray(), found, 1e-5f);
  }

  private static NDArray linear(Block block, String child, NDArray input) {
    NDArray weight = block.getParameters().get(child + "_weight").getArray();
    NDArray bias = block.getParameters().get(child + "_bias").getArray();
    return input.reshape(1, -1).matMul(weight.transpose()).add(bias);
  }

  /** In prediction, in training with the same random numbers, and what training leaves behind. */
  private void compare(Block djl, Block slim, List<NDList> inputs) {
    djl.initialize(manager, DataType.FLOAT32, inputs.get(0).getShapes());
    slim.initialize(manager, DataType.FLOAT32, inputs.get(0).getShapes());
    assertEquals(djl.getParameters().keys(), slim.getParameters().keys());
    Transformers.fill(djl, 3, manager);
    Transformers.copy(djl, slim, manager);
    for (NDList input : inputs) {
      for (boolean training : new boolean[] {false, true}) {
        double difference =
            Transformers.difference(seeded(djl, input, training), seeded(slim, input, training));
        assertTrue(difference <= 1e-6, () -> input + ": " + difference);
      }
      Shape[] shapes = djl.getOutputShapes(input.getShapes());
      assertEquals(shapes[0], slim.getOutputShapes(input.getShapes())[0]);
    }
    djl.getParameters()
        .forEach(
            pair ->
                assertArrayEquals(
                    pair.getValue().getArray().toFloatArray(),
                    slim.getParameters().get(pair.getKey()).getArray().toFloatArray(),
                    1e-6f,
                    pair.getKey()));
  }

  private List<float[]> seeded(Block block, NDList input, boolean training) {
    Engine.getInstance().setRandomSeed(17);
    return Transformers.run(block, input, training, manager);
  }

  private NDArray mask(int batch, int to, int from) {
    float[] values = new float[batch * to * from];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7 % 3 == 0 ? 0 : 1;
    }
    return manager.create(values, new Shape(batch, to, from));
  }

  private static Block encoder(java.util.function.Function<NDList, NDList> activation, float rate) {
    int hidden = rate == RATE ? 7 : 10;
    return new SlimEncoderBlock(
        new SlimEncoderBlock.Parts(
            new SlimAttentionBlock(WIDTH, 4, 3, rate),
            norm(),
            new PointwiseFeedForwardBlock(List.of(hidden), WIDTH, activation),
            norm()),
        rate,
        rate);
  }

  private static Block norm() {
    return BatchNorm.builder().optAxis(2).build();
  }

  private static Block embedding(int entries) {
    return new IdEmbedding.Builder().setDictionarySize(entries).setEmbeddingSize(WIDTH).build();
  }
}
