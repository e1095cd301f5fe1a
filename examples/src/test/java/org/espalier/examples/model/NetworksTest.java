package org.espalier.examples.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.training.ParameterStore;
import java.util.Set;
import org.espalier.examples.data.ImageShape;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

  private static final ImageShape MNIST = new ImageShape(1, 28, 28, 10);

  private static Block initialized(String name, ImageShape shape, NDManager manager) {
    Block block = Networks.build(name, shape);
    block.initialize(manager, DataType.FLOAT32, Networks.inputShape(shape));
    return block;
  }

  /**
   * By hand: 784*300+300 + 300*100+100 + 100*10+10 = 266 610; 20*25+20 + 50*20*25+50 + 800*500+500
   * + 500*10+10 = 431 080 (Han et al. 2015, table 1, round to 267K and 431K). For CIFAR-10
   * 3072*300+300 + 31 110 = 953 010; 20*75+20 + 25 050 + 1250*500+500 + 5 010 = 657 080.
   *
   * <p>resnet-8, with four numbers per channel of a batch norm: 16*27 + 64 = 496; first stage 2 *
   * (16*144 + 64) = 4 736; second 32*144 + 32*288 + 2*128, shortcut 32*16 + 128: 14 720; third
   * 64*288 + 64*576 + 2*256, shortcut 64*32 + 256: 58 112; 64*10 + 10 = 650.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet-300-100, 1, 28, 266610",
    "lenet-5, 1, 28, 431080",
    "lenet-300-100, 3, 32, 953010",
    "lenet-5, 3, 32, 657080",
    "resnet-8, 3, 32, 78714",
  })
  void hasTheKnownNumberOfParameters(String name, int channels, int side, long expected) {
    ImageShape shape = new ImageShape(channels, side, side, 10);
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = initialized(name, shape, manager);
      long parameters =
          block.getParameters().values().stream().mapToLong(p -> p.getArray().size()).sum();
      assertEquals(expected, parameters);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5", "resnet-8"})
  void mapsABatchOfImagesToLogits(String name) {
    ImageShape shape = new ImageShape(3, 20, 24, 7);
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = initialized(name, shape, manager);
      NDArray images = manager.ones(new Shape(5, 3, 20, 24));
      NDList logits = block.forward(new ParameterStore(manager, false), new NDList(images), false);
      assertEquals(new Shape(5, 7), logits.singletonOrThrow().getShape());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5", "resnet-8"})
  void everyLambdaHasAName(String name) {
    requireNames(Networks.build(name, MNIST));
  }

  private static void requireNames(Block block) {
    for (Block child : block.getChildren().values()) {
      if (child instanceof LambdaBlock lambda) {
        assertNotEquals(LambdaBlock.DEFAULT_NAME, lambda.getName());
      }
      requireNames(child);
    }
  }

  @Test
  void everyCallBuildsANewNetwork() {
    assertNotSame(Networks.build("lenet-5", MNIST), Networks.build("lenet-5", MNIST));
  }

  /** Uniform with variance 1 / inputs: bounded by sqrt(3 / 25) = 0.3464 in the first layer. */
  @Test
  void lenet5StartsAsInCaffe() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Engine.getInstance().setRandomSeed(1);
      Block block = initialized("lenet-5", MNIST, manager);
      float[] first = block.getParameters().valueAt(0).getArray().toFloatArray();
      double squares = 0;
      float largest = 0;
      for (float weight : first) {
        squares += (double) weight * weight;
        largest = Math.max(largest, Math.abs(weight));
      }
      assertEquals(500, first.length);
      assertEquals(Math.sqrt(3.0 / 25), largest, 0.01);
      assertEquals(1.0 / 25, squares / 500, 0.006);
    }
  }

  @Test
  void refusesUnknownNamesAndSmallImages() {
    assertEquals(Set.of("lenet-300-100", "lenet-5", "resnet-8"), Networks.names());
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Networks.build("resnet", MNIST));
    assertEquals(
        "network: expected one of lenet-300-100, lenet-5, resnet-8, found resnet; name one of these",
        e.getMessage());
    ImageShape small = new ImageShape(1, 15, 28, 10);
    e = assertThrows(InvalidInputException.class, () -> Networks.build("lenet-5", small));
    assertEquals("15x28", e.found());
  }
}
