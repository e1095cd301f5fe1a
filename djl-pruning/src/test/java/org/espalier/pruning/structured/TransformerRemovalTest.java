package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.pruning.structured.block.LayerDropBlock;
import org.junit.jupiter.api.Test;

/** What is removed from random transformers makes the difference that zeros in its place make. */
class TransformerRemovalTest {

  private static final int NETWORKS = 40;

  /** A network, what it reads, and data. */
  private record Sample(Block block, List<DataDesc> inputs, NDList data) {}

  @Test
  void prunedNetworkIsTheMaskedOne() {
    int removed = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      try (NDManager manager = NDManager.newBaseManager()) {
        removed += check(seed, manager);
      }
    }
    assertTrue(removed > 5 * NETWORKS, "too few channels were tried");
  }

  private static int check(int seed, NDManager manager) {
    Sample sample = sample(seed, manager);
    Block block = sample.block();
    StructuredNetwork network = StructuredNetwork.of(block, sample.inputs(), Hints.none());
    Selection selection = Transformers.random(network, 0.5, seed + 1000);
    Block small = network.without(selection);
    try {
      NetworkSize size = network.size(selection);
      long parameters =
          small.getParameters().values().stream().mapToLong(p -> p.getArray().size()).sum();
      assertEquals(parameters, size.parameters(), () -> "seed " + seed);
      // What is left, analysed by itself, costs what was said before.
      StructuredNetwork again = StructuredNetwork.of(small, sample.inputs(), Hints.none());
      assertEquals(size, again.size(), () -> "seed " + seed);
      assertEquals(network.op(selection), again.op(), () -> "seed " + seed);
      selection.slices().stream()
          .filter(slice -> !slice.parameter().endsWith("runningVar"))
          .forEach(slice -> Transformers.scale(block, slice, 0, manager));
      double difference =
          Transformers.difference(
              Transformers.run(block, sample.data(), false, manager),
              Transformers.run(small, sample.data(), false, manager));
      assertTrue(difference <= 1e-5, () -> "seed " + seed + ": " + difference);
      return selection.count();
    } finally {
      small.clear();
      block.clear();
    }
  }

  private static Sample sample(int seed, NDManager manager) {
    SplittableRandom random = new SplittableRandom(seed);
    Sample sample = seed % 4 == 3 ? bert(random, manager) : sequence(random, manager);
    Shape[] shapes = sample.inputs().stream().map(DataDesc::getShape).toArray(Shape[]::new);
    sample.block().initialize(manager, DataType.FLOAT32, shapes);
    Transformers.fill(sample.block(), seed, manager);
    return sample;
  }

  /** Layers between which the width is free; with a mask, the first reads it. */
  private static Sample sequence(SplittableRandom random, NDManager manager) {
    boolean masked = random.nextBoolean();
    SequentialBlock block = new SequentialBlock();
    int width = masked ? 6 : 2 + random.nextInt(4);
    for (int i = 0; i < 2; i++) {
      if (i > 0 || !masked) {
        block.add(Linear.builder().setUnits(6).build()).add(Activation.tanhBlock());
      }
      block.add(i == 0 && masked ? attention(random) : layer(random));
    }
    block.add(
        switch (random.nextInt(3)) {
          case 0 -> Blocks.batchFlattenBlock();
          case 1 -> new LambdaBlock(list -> new NDList(list.head().get(":,2")));
          default -> new LambdaBlock(list -> new NDList(list.head().mean(new int[] {1})));
        });
    block.add(Linear.builder().setUnits(3).build());
    Shape shape = new Shape(2, 4, width);
    NDList data = new NDList(manager.randomNormal(shape));
    if (!masked) {
      return new Sample(block, List.of(new DataDesc(shape)), data);
    }
    data.add(
        manager.randomUniform(0, 1, new Shape(2, 4, 4)).gt(0.3f).toType(DataType.FLOAT32, true));
    DataDesc mask = new DataDesc(new Shape(2, 4, 4));
    return new Sample(block, List.of(new DataDesc(shape), mask), data);
  }

  private static Block layer(SplittableRandom random) {
    int heads = 2 + random.nextInt(2);
    Block encoder =
        new TransformerEncoderBlock(6, heads, 3 + random.nextInt(6), 0.1f, Activation::gelu);
    return switch (random.nextInt(3)) {
      case 0 -> attention(random);
      case 1 -> new LayerDropBlock(encoder, 0.2f);
      default -> encoder;
    };
  }

  private static Block attention(SplittableRandom random) {
    return ScaledDotProductAttentionBlock.builder()
        .setEmbeddingSize(6)
        .setHeadCount(2 + random.nextInt(2))
        .build();
  }

  /** BERT by itself, or with a classifier of its pooled token. */
  private static Sample bert(SplittableRandom random, NDManager manager) {
    Block bert = Transformers.bert(random.nextBoolean() ? 3 : 4, 1 + random.nextInt(2));
    Block block =
        random.nextBoolean()
            ? bert
            : new SequentialBlock()
                .add(bert)
                .add(list -> new NDList(list.get(1)))
                .add(Linear.builder().setUnits(2).build());
    return new Sample(
        block, Transformers.bertInputs(2), Transformers.bertData(2, random.nextInt(), manager));
  }

  @Test
  void aWholeNetworkIsBuiltOfDjlsBlocks() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block bert = Transformers.bert(3, 2);
      Shape ids = new Shape(2, Transformers.POSITIONS);
      bert.initialize(manager, DataType.FLOAT32, ids, ids, ids);
      StructuredNetwork network =
          StructuredNetwork.of(bert, Transformers.bertInputs(2), Hints.none());
      Block whole = network.without(Selection.empty());
      assertInstanceOf(bert.getClass(), whole);
      whole.clear();
      bert.clear();
    }
  }
}
