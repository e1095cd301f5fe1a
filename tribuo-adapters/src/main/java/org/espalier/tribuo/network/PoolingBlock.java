package org.espalier.tribuo.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.pooling.Pool;

/** A pooling layer that remembers its size: DJL's own hide it. */
final class PoolingBlock extends LambdaBlock {

  private final PoolingLayer layer;

  PoolingBlock(PoolingLayer layer) {
    super(list -> new NDList(pool(list.singletonOrThrow(), layer)), layer.kind() + "-pooling");
    this.layer = layer;
  }

  private static NDArray pool(NDArray images, PoolingLayer layer) {
    Shape window = new Shape(layer.size(), layer.size());
    Shape none = new Shape(0, 0);
    return layer.kind() == PoolingLayer.Kind.MAX
        ? Pool.maxPool2d(images, window, window, none, false)
        : Pool.avgPool2d(images, window, window, none, false, true);
  }

  PoolingLayer layer() {
    return layer;
  }
}
