package org.espalier.examples.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.initializer.XavierInitializer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.espalier.examples.data.ImageShape;
import org.espalier.sparse.InvalidInputException;

/**
 * The networks that a user can name. A further one is a method that builds it and one line below.
 *
 * <p>Every network takes normalized images (batch, channels, height, width) and returns logits
 * (batch, classes). Blocks come back uninitialized; all their lambdas have names, so that a pruned
 * network can be taken apart and put together again.
 */
public final class Networks {

  private record Entry(Function<ImageShape, Block> builder, TrainingSettings settings) {}

  private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

  static {
    ENTRIES.put("lenet-300-100", new Entry(Networks::lenet300, TrainingSettings.LENET_300_100));
    ENTRIES.put("lenet-5", new Entry(Networks::lenet5, TrainingSettings.LENET_5));
    ENTRIES.put(
        "resnet-8", new Entry(shape -> ResidualNetwork.of(shape, 1), TrainingSettings.RESNET_8));
  }

  private Networks() {}

  /** Returns the names that {@link #build} knows, in the order in which a user should see them. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(ENTRIES.keySet());
  }

  /**
   * Returns a new, uninitialized network.
   *
   * @param name one of {@link #names()}
   * @param shape of the images that it is to classify
   * @throws InvalidInputException if there is no such network, or if the images are too small for
   *     it
   */
  public static Block build(String name, ImageShape shape) {
    return entry(name).builder().apply(shape);
  }

  /** Returns the shape of a batch of one image, for {@code trainer.initialize}. */
  public static Shape inputShape(ImageShape shape) {
    return new Shape(1, shape.channels(), shape.height(), shape.width());
  }

  /**
   * Returns the settings that train a network well on data of the size of MNIST.
   *
   * @throws InvalidInputException if there is no such network
   */
  static TrainingSettings settings(String name) {
    return entry(name).settings();
  }

  private static Entry entry(String name) {
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new InvalidInputException(
          "network", "one of " + String.join(", ", names()), name, "name one of these");
    }
    return entry;
  }

  /**
   * Two hidden layers of 300 and 100 rectified units: LeCun, Bottou, Bengio, Haffner,
   * "Gradient-based learning applied to document recognition", Proc. IEEE 86 (1998), with the
   * rectifiers of Han, Pool, Tran, Dally, "Learning both weights and connections", NIPS 2015.
   * Weights start as DJL's default has them, normal with variance 2 / inputs: He, Zhang, Ren, Sun,
   * "Delving deep into rectifiers", ICCV 2015.
   */
  private static Block lenet300(ImageShape shape) {
    return new SequentialBlock()
        .add(Blocks.batchFlattenBlock(shape.pixels()))
        .add(Linear.builder().setUnits(300).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(100).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(shape.classes()).build());
  }

  /**
   * LeNet-5 as Caffe's {@code lenet_train_test.prototxt} has it and as Han et al. (NIPS 2015) prune
   * it: 20 and 50 filters of 5x5 without a nonlinearity, each followed by 2x2 max pooling, then 500
   * rectified units.
   *
   * <p>Weights start as Caffe's {@code xavier} filler has them, uniform with variance 1 / inputs:
   * DJL's default has twice that, to make up for rectifiers, and was seen to diverge at a learning
   * rate of 0.02, where this start did not.
   */
  private static Block lenet5(ImageShape shape) {
    // (n - 4) / 2 after each of the two stages: below 16 nothing is left.
    if (shape.height() < 16 || shape.width() < 16) {
      throw new InvalidInputException(
          "network lenet-5",
          "images of at least 16x16 pixels",
          shape.height() + "x" + shape.width(),
          "choose lenet-300-100 for small images");
    }
    Block block =
        new SequentialBlock()
            .add(convolution(20))
            .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
            .add(convolution(50))
            .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(500).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(shape.classes()).build());
    block.setInitializer(
        new XavierInitializer(
            XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.IN, 3),
        Parameter.Type.WEIGHT);
    return block;
  }

  private static Block convolution(int filters) {
    return Conv2d.builder().setFilters(filters).setKernelShape(new Shape(5, 5)).build();
  }
}
