package org.espalier.examples.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import org.espalier.examples.data.ImageShape;

/**
 * Residual networks for small images: a 3x3 convolution, three stages of 16, 32 and 64 filters, the
 * second and the third at half the resolution of the one before, global average pooling, one fully
 * connected layer.
 *
 * <p>Source: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", CVPR 2016,
 * section 4.2. Where a stage changes shape, the shortcut is a 1x1 convolution (the paper's option
 * B), which blocks of DJL can say; for CIFAR-10 the paper pads with zeros (option A).
 */
final class ResidualNetwork {

  private static final int FIRST_FILTERS = 16;
  private static final int STAGES = 3;

  private ResidualNetwork() {}

  /**
   * Builds the network with 6 n + 2 layers, shortcuts not counted.
   *
   * @param blocksPerStage n, at least 1
   */
  static Block of(ImageShape shape, int blocksPerStage) {
    SequentialBlock network = new SequentialBlock();
    network.add(normalized(FIRST_FILTERS, 3, 1)).add(Activation.reluBlock());
    for (int stage = 0; stage < STAGES; stage++) {
      for (int i = 0; i < blocksPerStage; i++) {
        boolean changes = stage > 0 && i == 0;
        network.add(residual(FIRST_FILTERS << stage, changes)).add(Activation.reluBlock());
      }
    }
    return network
        .add(Pool.globalAvgPool2dBlock())
        .add(Linear.builder().setUnits(shape.classes()).build());
  }

  /**
   * The sum of two convolutions and a shortcut around them.
   *
   * @param changes whether the resolution halves and the number of channels is another
   */
  private static Block residual(int filters, boolean changes) {
    int stride = changes ? 2 : 1;
    Block body =
        normalized(filters, 3, stride).add(Activation.reluBlock()).add(normalized(filters, 3, 1));
    Block shortcut = changes ? normalized(filters, 1, stride) : Blocks.identityBlock();
    return new ParallelBlock(
        branches ->
            new NDList(branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow())),
        List.of(body, shortcut));
  }

  private static SequentialBlock normalized(int filters, int kernel, int stride) {
    int padding = kernel / 2;
    return new SequentialBlock()
        .add(
            Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optBias(false)
                .build())
        .add(BatchNorm.builder().build());
  }
}
