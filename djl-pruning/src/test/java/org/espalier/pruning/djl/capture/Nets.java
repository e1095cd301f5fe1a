package org.espalier.pruning.djl.capture;

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
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.sparse.mask.Mask;

/** Small networks with seeded weights, and batches for them. */
final class Nets {

  static final int BATCH = 5;
  static final int CLASSES = 3;

  private Nets() {}

  /** 6 inputs, 8 hidden units, 3 classes; the activation is an anonymous function. */
  static Block mlp(NDManager manager) {
    SequentialBlock block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(8).build())
            .add(Activation::relu)
            .add(Dropout.builder().optRate(0.5f).build())
            .add(Linear.builder().setUnits(CLASSES).build());
    return initialized(block, manager, new Shape(BATCH, 6));
  }

  /** 2x6x6 inputs; convolution 4x2x3x3, batch norm, ReLU, flatten, linear 3x64. */
  static Block convolutional(NDManager manager) {
    SequentialBlock block =
        new SequentialBlock()
            .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 3)).build())
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(CLASSES).build());
    return initialized(block, manager, new Shape(BATCH, 2, 6, 6));
  }

  /** 2x6x6 inputs; a convolution, then two branches (two convolutions, identity) that are added. */
  static Block residual(NDManager manager) {
    SequentialBlock branch =
        new SequentialBlock().add(conv3x3(5)).add(Activation.reluBlock()).add(conv3x3(4));
    SequentialBlock block =
        new SequentialBlock()
            .add(conv3x3(4))
            .add(
                new ParallelBlock(
                    outputs ->
                        new NDList(NDArrays.add(outputs.get(0).head(), outputs.get(1).head())),
                    List.of(branch, Blocks.identityBlock())))
            .add(Activation.reluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(CLASSES).build());
    return initialized(block, manager, new Shape(BATCH, 2, 6, 6));
  }

  static Conv2d conv3x3(int filters) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .build();
  }

  /** Initializes, then sets every parameter to seeded values; variances stay positive. */
  static Block initialized(Block block, NDManager manager, Shape... inputs) {
    block.initialize(manager, DataType.FLOAT32, inputs);
    SplittableRandom random = new SplittableRandom(7);
    for (Pair<String, Parameter> pair : block.getParameters()) {
      NDArray array = pair.getValue().getArray();
      boolean variance = pair.getValue().getType() == Parameter.Type.RUNNING_VAR;
      float[] values = new float[Math.toIntExact(array.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(variance ? 0.5 : -1, variance ? 2 : 1);
      }
      try (NDArray alias = array.stopGradient();
          NDArray set = manager.create(values, array.getShape())) {
        alias.subi(alias).addi(set);
      }
    }
    return block;
  }

  static List<Sample> batches(NDManager manager, int count, Shape inputs) {
    SplittableRandom random = new SplittableRandom(11);
    List<Sample> samples = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      float[] data = new float[Math.toIntExact(inputs.size())];
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) random.nextDouble(-1, 1);
      }
      float[] labels = new float[Math.toIntExact(inputs.get(0))];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextInt(CLASSES);
      }
      samples.add(
          new Sample(new NDList(manager.create(data, inputs)), new NDList(manager.create(labels))));
    }
    return samples;
  }

  static Probe probe(Block network, List<Sample> samples, Map<String, Mask> masks) {
    return new Probe(network, Loss.softmaxCrossEntropyLoss(), samples, masks, 1);
  }

  /** Copies all parameters. */
  static Map<String, float[]> values(Block network) {
    Map<String, float[]> values = new TreeMap<>();
    for (Pair<String, Parameter> pair : network.getParameters()) {
      values.put(pair.getKey(), pair.getValue().getArray().toFloatArray());
    }
    return values;
  }
}
