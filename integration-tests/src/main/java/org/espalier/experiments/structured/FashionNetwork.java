package org.espalier.experiments.structured;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import org.espalier.examples.data.ImageShape;

/**
 * A small network like those of K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks for
 * Large-Scale Image Recognition", ICLR 2015, table 1, column A, as far as small images reach:
 * stages of one, one and two 3x3 convolutions, each with a batch norm, a 2x2 maximum after each
 * stage; then a hidden layer.
 */
final class FashionNetwork {

  /** Convolutions of each stage. */
  private static final int[] STAGES = {1, 1, 2};

  private FashionNetwork() {}

  /**
   * Returns a network that takes images (batch, channels, height, width) and returns logits (batch,
   * classes); it is not initialized.
   *
   * @param width filters of the first stage; each further one has twice as many as the one before,
   *     the hidden layer eight times as many units
   */
  static Block of(ImageShape shape, int width) {
    SequentialBlock network = new SequentialBlock();
    for (int stage = 0; stage < STAGES.length; stage++) {
      for (int i = 0; i < STAGES[stage]; i++) {
        convolution(network, width << stage);
      }
      network.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    }
    return network
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits((long) width << STAGES.length).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(shape.classes()).build());
  }

  /** The norm has a shift: a bias before it would change nothing. */
  private static void convolution(SequentialBlock network, int filters) {
    network
        .add(
            Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(filters)
                .optPadding(new Shape(1, 1))
                .optBias(false)
                .build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock());
  }
}
