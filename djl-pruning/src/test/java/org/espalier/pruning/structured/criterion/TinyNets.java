package org.espalier.pruning.structured.criterion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.function.Function;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.network.HostValues;

/** Networks that can be computed by hand. */
final class TinyNets {

  private TinyNets() {}

  /**
   * Two inputs, three units with ReLU, two outputs.
   *
   * <pre>
   * W1 =  1 -2   b1 =  0.5   W2 =  1 0  2
   *       3  4        -1          -1 1 -3
   *       0 -1         2
   * </pre>
   */
  static Block mlp(NDManager manager) {
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(3).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(2).build());
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
    set(block, "01Linear_weight", manager, 1, -2, 3, 4, 0, -1);
    set(block, "01Linear_bias", manager, 0.5f, -1, 2);
    set(block, "03Linear_weight", manager, 1, 0, 2, -1, 1, -3);
    set(block, "03Linear_bias", manager, 0, 0);
    return block;
  }

  /** One channel of 2 x 2, two filters of 1 x 1, norm, ReLU, flatten, two outputs. */
  static Block normed(NDManager manager) {
    Block block =
        new SequentialBlock()
            .add(Conv2d.builder().setFilters(2).setKernelShape(new Shape(1, 1)).build())
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(2).build());
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 2, 2));
    set(block, "01Conv2d_weight", manager, 1, -1);
    set(block, "02BatchNorm_gamma", manager, 0.5f, -2);
    set(block, "02BatchNorm_beta", manager, 0.25f, 1);
    set(block, "05Linear_weight", manager, 1, 2, 0, 1, -1, 1, 3, 1, 0, 1, 1, -1, 2, 1, 1, 0);
    return block;
  }

  static void set(Block block, String path, NDManager manager, float... values) {
    HostValues.write(block.getParameters().get(path).getArray(), values, manager);
  }

  /** A batch of inputs; labels are zeros. */
  static Sample sample(NDManager manager, Shape shape, float... values) {
    NDArray labels = manager.zeros(new Shape(shape.get(0)));
    return new Sample(new NDList(manager.create(values, shape)), new NDList(labels));
  }

  /** Evidence with a loss of predictions alone. */
  static ChannelEvidence evidence(Function<NDArray, NDArray> loss, Sample... samples) {
    return ChannelEvidence.of(
        new Loss("of predictions") {
          @Override
          public NDArray evaluate(NDList labels, NDList predictions) {
            return loss.apply(predictions.singletonOrThrow());
          }
        },
        List.of(samples));
  }
}
