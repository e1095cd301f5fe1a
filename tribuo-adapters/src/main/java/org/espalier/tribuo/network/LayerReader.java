package org.espalier.tribuo.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.util.Pair;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.sparse.InvalidInputException;

/**
 * Reads the layers of a DJL network: sequences of {@code Linear}, {@code Conv2d} without groups,
 * {@code BatchNorm}, {@code Dropout}, the named blocks of the functions of {@link
 * ActivationFunction}, {@code batchFlatten}, {@code identity}, and this package's pooling. Anything
 * else cannot be read.
 */
final class LayerReader {

  private final Map<String, NamedTensor> tensors;
  private final List<NetworkLayer> layers = new ArrayList<>();

  private LayerReader(Map<String, NamedTensor> tensors) {
    this.tensors = tensors;
  }

  /**
   * Returns the network as layers; empty if one cannot be read.
   *
   * @param tensors its parameters by path
   * @param inputShape of one example
   */
  static Optional<LayeredNetwork> read(
      Block network, Map<String, NamedTensor> tensors, int[] inputShape) {
    LayerReader reader = new LayerReader(tensors);
    try {
      return reader.add("", network)
          ? Optional.of(new LayeredNetwork(inputShape, reader.layers))
          : Optional.empty();
    } catch (InvalidInputException doesNotFit) {
      // DJL's Linear also takes images, a row at a time: no layer of this package does.
      return Optional.empty();
    }
  }

  /** Adds the layers of a block; returns whether it could be read. */
  private boolean add(String path, Block block) {
    if (block instanceof SequentialBlock sequence) {
      return addAll(path, sequence);
    } else if (block.getClass() == Linear.class) {
      layers.add(dense(path));
      return true;
    } else if (block.getClass() == Conv2d.class) {
      return addConvolution(path, (Conv2d) block);
    } else if (block.getClass() == BatchNorm.class) {
      return addNormalization(path, block);
    } else if (block instanceof PoolingBlock pooling) {
      layers.add(pooling.layer());
      return true;
    } else if (block.getClass() == LambdaBlock.class) {
      return addNamed(((LambdaBlock) block).getName());
    }
    return block.getClass() == Dropout.class;
  }

  private boolean addAll(String path, SequentialBlock sequence) {
    if (sequence.getClass() != SequentialBlock.class || sequence.isReturnIntermediate()) {
      return false;
    }
    for (Pair<String, Block> child : sequence.getChildren()) {
      if (!add(path + child.getKey() + "_", child.getValue())) {
        return false;
      }
    }
    return true;
  }

  private DenseLayer dense(String path) {
    NamedTensor weight = tensors.get(path + "weight");
    int[] shape = weight.shape();
    return new DenseLayer(weight.name(), shape[0], shape[1], weight.values(), bias(path));
  }

  private float[] bias(String path) {
    NamedTensor bias = tensors.get(path + "bias");
    return bias == null ? null : bias.values();
  }

  private boolean addConvolution(String path, Conv2d block) {
    if (block.getGroups() != 1) {
      return false;
    }
    NamedTensor weight = tensors.get(path + "weight");
    int[] shape = weight.shape();
    layers.add(
        new ConvolutionLayer(
            weight.name(),
            shape[0],
            shape[1],
            window(block, 0),
            window(block, 1),
            weight.values(),
            bias(path)));
    return true;
  }

  private static WindowSize window(Conv2d block, int axis) {
    return new WindowSize(
        extent(block.getKernelShape(), axis),
        extent(block.getStride(), axis),
        extent(block.getPadding(), axis),
        extent(block.getDilation(), axis));
  }

  private static int extent(Shape shape, int axis) {
    return Math.toIntExact(shape.get(axis));
  }

  private boolean addNormalization(String path, Block block) {
    OptionalDouble epsilon = number(block, "epsilon");
    OptionalDouble axis = number(block, "axis");
    if (epsilon.isEmpty() || axis.isEmpty() || axis.getAsDouble() != 1) {
      return false;
    }
    float[] gamma = tensors.get(path + "gamma").values();
    float[] beta = tensors.get(path + "beta").values();
    float[] mean = tensors.get(path + "runningMean").values();
    float[] variance = tensors.get(path + "runningVar").values();
    float[] factors = new float[gamma.length];
    float[] shifts = new float[gamma.length];
    for (int i = 0; i < gamma.length; i++) {
      double factor = gamma[i] / Math.sqrt(variance[i] + epsilon.getAsDouble());
      factors[i] = (float) factor;
      shifts[i] = (float) (beta[i] - factor * mean[i]);
    }
    layers.add(new ScaleLayer(factors, shifts));
    return true;
  }

  /** Returns a number that DJL 0.35.1 keeps in a private field; empty where it is not to be had. */
  private static OptionalDouble number(Block block, String name) {
    try {
      Field field = block.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return OptionalDouble.of(((Number) field.get(block)).doubleValue());
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return OptionalDouble.empty();
    }
  }

  private boolean addNamed(String name) {
    for (ActivationFunction function : ActivationFunction.values()) {
      if (function.blockName().equals(name)) {
        layers.add(new ActivationLayer(function));
        return true;
      }
    }
    if (name.equals("batchFlatten")) {
      layers.add(new FlattenLayer());
      return true;
    }
    return name.equals("identity");
  }
}
