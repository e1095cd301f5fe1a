package org.espalier.pruning.structured;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.util.Pair;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.pruning.djl.network.HostValues;

/** Networks of random form and random weights, the same for the same seed. */
final class RandomNetworks {

  private final SplittableRandom random;
  private int channels;

  private RandomNetworks(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A network over images or sequences. */
  record Sample(Block block, Shape input) {}

  static Sample of(long seed, NDManager manager) {
    RandomNetworks maker = new RandomNetworks(seed);
    Sample sample = seed % 5 == 4 ? maker.sequence() : maker.image();
    sample.block().initialize(manager, DataType.FLOAT32, sample.input());
    maker.fill(sample.block(), manager);
    return sample;
  }

  /** Norms get statistics that are not 0 and 1, biases values that are not 0. */
  private void fill(Block block, NDManager manager) {
    for (Pair<String, Parameter> pair : block.getParameters()) {
      NDArray array = pair.getValue().getArray();
      boolean positive = pair.getKey().endsWith("runningVar");
      float[] values = new float[(int) array.size()];
      double scale = 1.5 / Math.sqrt(Math.max(4.0, values.length / (double) array.size(0)));
      for (int i = 0; i < values.length; i++) {
        double value = 2 * random.nextDouble() - 1;
        values[i] = (float) (positive ? 1 + value / 2 : value * scale);
      }
      HostValues.write(array, values, manager);
    }
  }

  private Sample image() {
    channels = 3;
    SequentialBlock network = new SequentialBlock();
    int stages = 1 + random.nextInt(3);
    network.add(convolution(4 + 2 * random.nextInt(5), 3, 1));
    for (int i = 0; i < stages; i++) {
      network.add(stage(2));
      if (random.nextBoolean()) {
        network.add(pool());
      }
    }
    if (random.nextBoolean()) {
      network.add(Pool.globalAvgPool2dBlock());
    } else {
      network.add(Blocks.batchFlattenBlock());
    }
    if (random.nextBoolean()) {
      network.add(Linear.builder().setUnits(4 + random.nextInt(12)).build()).add(activation());
      network.add(Dropout.builder().optRate(0.3f).build());
    }
    return new Sample(network.add(Linear.builder().setUnits(3).build()), new Shape(2, 3, 10, 9));
  }

  private Sample sequence() {
    SequentialBlock network = new SequentialBlock();
    network.add(Linear.builder().setUnits(6).build()).add(activation());
    int units = 3 + random.nextInt(6);
    int layers = 1 + random.nextInt(2);
    network.add(
        switch (random.nextInt(3)) {
          case 0 -> LSTM.builder().setStateSize(units).setNumLayers(layers).build();
          case 1 -> GRU.builder().setStateSize(units).setNumLayers(layers).build();
          default ->
              RNN.builder()
                  .setStateSize(units)
                  .setNumLayers(layers)
                  .setActivation(RNN.Activation.TANH)
                  .build();
        });
    network.add(Linear.builder().setUnits(5).build()).add(activation());
    return new Sample(network.add(Linear.builder().setUnits(2).build()), new Shape(2, 4, 3));
  }

  private Block stage(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0 -> layer(channels + 2 * random.nextInt(3), 3);
      case 1 -> depthwise();
      case 2 -> grouped();
      case 3 -> residual(depth - 1);
      case 4 -> concatenation(depth - 1);
      default -> new SequentialBlock().add(stage(depth - 1)).add(layer(4 + random.nextInt(6), 1));
    };
  }

  private Block residual(int depth) {
    int width = channels;
    SequentialBlock body = new SequentialBlock().add(stage(depth)).add(layer(width, 3));
    channels = width;
    Block shortcut = random.nextBoolean() ? Blocks.identityBlock() : layer(width, 1);
    boolean rectified = random.nextBoolean();
    return new ParallelBlock(
        list -> {
          NDArray sum = list.get(0).singletonOrThrow().add(list.get(1).singletonOrThrow());
          return new NDList(rectified ? Activation.relu(sum) : sum);
        },
        Arrays.asList(body, shortcut));
  }

  private Block concatenation(int depth) {
    int width = channels;
    Block one = new SequentialBlock().add(stage(depth));
    int first = channels;
    channels = width;
    Block other = layer(3 + random.nextInt(4), 1);
    channels += first;
    return new ParallelBlock(
        list ->
            new NDList(
                NDArrays.concat(
                    new NDList(list.get(0).singletonOrThrow(), list.get(1).singletonOrThrow()), 1)),
        List.of(one, other));
  }

  private Block layer(int filters, int kernel) {
    SequentialBlock layer = new SequentialBlock().add(convolution(filters, kernel, 1));
    if (random.nextBoolean()) {
      layer.add(BatchNorm.builder().optEpsilon(2e-5f).optMomentum(0.8f).build());
    }
    return layer.add(activation());
  }

  private Block depthwise() {
    int width = channels;
    int each = 1 + random.nextInt(2);
    return new SequentialBlock()
        .add(convolution(width * each, 3, width))
        .add(BatchNorm.builder().build())
        .add(activation());
  }

  private Block grouped() {
    int groups = channels % 2 == 0 ? 2 : 1;
    return new SequentialBlock()
        .add(convolution(groups * (2 + random.nextInt(4)), 3, groups))
        .add(activation());
  }

  private Block convolution(int filters, int kernel, int groups) {
    channels = filters;
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(kernel, kernel))
        .optPadding(new Shape(kernel / 2, kernel / 2))
        .optGroups(groups)
        .optBias(random.nextBoolean())
        .build();
  }

  private Block pool() {
    return switch (random.nextInt(4)) {
      case 0 -> Pool.maxPool2dBlock(new Shape(2, 2), new Shape(1, 1));
      case 1 -> Pool.avgPool2dBlock(new Shape(3, 3), new Shape(1, 1), new Shape(1, 1));
      case 2 -> Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), true);
      default ->
          Pool.avgPool2dBlock(new Shape(3, 3), new Shape(1, 1), new Shape(1, 1), false, false);
    };
  }

  private Block activation() {
    return switch (random.nextInt(7)) {
      case 0 -> Activation.reluBlock();
      case 1 -> Activation.leakyReluBlock(0.2f);
      case 2 -> Activation.tanhBlock();
      case 3 -> Activation.swishBlock(1.5f);
      case 4 -> Activation.eluBlock(0.7f);
      case 5 -> Activation.sigmoidBlock();
      default -> new ai.djl.nn.LambdaBlock(Activation::relu);
    };
  }
}
