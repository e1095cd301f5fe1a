package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import java.util.List;
import java.util.SplittableRandom;

/** Tiny networks with weights and data from seeds, drawn outside the engine. */
final class Networks {

  static final int CLASSES = 3;

  private Networks() {}

  /** 8-6-3 with an activation between. */
  static SequentialBlock mlp(Block activation) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(6).build())
        .add(activation)
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  /** 1x8x8 input; convolution 4x1x3x3, batch norm, 2x2 maximum, dropout, linear 3x36. */
  static SequentialBlock convolution() {
    return new SequentialBlock()
        .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 3)).build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Blocks.batchFlattenBlock())
        .add(Dropout.builder().optRate(0.5f).build())
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  /** 5x4 input; two layers of LSTM with dropout between, linear on all steps. */
  static SequentialBlock recurrent() {
    return new SequentialBlock()
        .add(
            LSTM.builder()
                .setNumLayers(2)
                .setStateSize(3)
                .optDropRate(0.5f)
                .optReturnState(false)
                .build())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  /** Initializes a network, then replaces what the engine drew. */
  static <B extends Block> B initialize(B network, NDManager manager, Shape input, long seed) {
    network.initialize(manager, DataType.FLOAT32, input);
    SplittableRandom random = new SplittableRandom(seed);
    network
        .getParameters()
        .forEach(
            pair -> {
              Parameter parameter = pair.getValue();
              boolean positive = parameter.getType() == Parameter.Type.RUNNING_VAR;
              float[] values = noise(random, (int) parameter.getArray().size(), 0.6);
              for (int i = 0; positive && i < values.length; i++) {
                values[i] = 0.5f + Math.abs(values[i]);
              }
              set(parameter.getArray(), values);
            });
    return network;
  }

  /** Replaces the values of an array in its own memory. */
  static void set(NDArray array, float... values) {
    try (NDArray alias = array.stopGradient();
        NDArray source = array.getManager().create(values, array.getShape())) {
      alias.muli(0).addi(source);
    }
  }

  /** A batch of noise with random classes. */
  static Sample classes(NDManager manager, Shape input, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NDArray data = manager.create(noise(random, (int) input.size(), 1), input);
    float[] labels = new float[(int) input.get(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    return new Sample(new NDList(data), new NDList(manager.create(labels)));
  }

  static float[] noise(SplittableRandom random, int count, double range) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-range, range);
    }
    return values;
  }

  /** Paths of the parameters of rank 2 and more. */
  static List<String> weights(Block network) {
    return network.getParameters().stream()
        .filter(pair -> pair.getValue().getArray().getShape().dimension() >= 2)
        .map(pair -> pair.getKey())
        .toList();
  }

  static float[] values(Block network, String path) {
    return network.getParameters().get(path).getArray().toFloatArray();
  }
}
