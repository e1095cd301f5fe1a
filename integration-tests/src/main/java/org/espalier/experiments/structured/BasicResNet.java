package org.espalier.experiments.structured;

import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;

/**
 * ResNet-18 as in K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition",
 * CVPR 2016, table 1. DJL's own network of this name is made of bottlenecks and strides elsewhere.
 */
final class BasicResNet {

  private static final float MOMENTUM = 0.9f;

  private BasicResNet() {}

  static Block of18() {
    SequentialBlock network =
        new SequentialBlock()
            .add(
                Conv2d.builder()
                    .setKernelShape(new Shape(7, 7))
                    .setFilters(64)
                    .optStride(new Shape(2, 2))
                    .optPadding(new Shape(3, 3))
                    .optBias(false)
                    .build())
            .add(BatchNorm.builder().optMomentum(MOMENTUM).build())
            .add(Activation.reluBlock())
            .add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
    int filters = 64;
    for (int stage = 0; stage < 4; stage++) {
      Shape stride = stage == 0 ? new Shape(1, 1) : new Shape(2, 2);
      network.add(ResNetV1.residualUnit(filters, stride, stage == 0, false, MOMENTUM));
      network.add(ResNetV1.residualUnit(filters, new Shape(1, 1), true, false, MOMENTUM));
      filters *= 2;
    }
    return network
        .add(Pool.globalAvgPool2dBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(10).build());
  }
}
