package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where a layer's output is complete. In a {@link SequentialBlock} that is behind the blocks that
 * directly follow the layer and keep features apart: a batch norm, as long as no function came
 * before it; dropout; functions that work element by element. Pooling and flattening are none.
 *
 * <p>DJL does not say what a {@link LambdaBlock} computes, and {@code add(Activation::relu)} leaves
 * it without a name. So it is tried: it counts as elementwise if other values in half of the
 * entries leave the results of the other half as they were, bit for bit.
 */
final class Activations {

  private static final long SEED = 20160712;

  /** Extents of a first trial, which costs nothing; some functions want those of the network. */
  private static final long SMALL = 4;

  private Activations() {}

  /** Returns the place whose output is a layer's, after its activation. */
  static Place outputOf(Place layer) {
    if (!(layer.parent() instanceof SequentialBlock)) {
      return layer;
    }
    List<Block> siblings = layer.parent().getChildren().values();
    Place last = layer;
    boolean activated = false;
    for (int i = layer.index() + 1; i < siblings.size(); i++) {
      Block block = siblings.get(i);
      boolean function = block instanceof LambdaBlock lambda && isElementwise(lambda);
      boolean norm = block instanceof BatchNorm && !activated;
      if (!function && !norm && !(block instanceof Dropout)) {
        break;
      }
      activated |= function;
      last = new Place(layer.parent(), i, block);
    }
    return last;
  }

  /** Tries a function on two inputs of the rank, and if need be the shape, that it is used with. */
  static boolean isElementwise(LambdaBlock lambda) {
    Shape[] shapes = lambda.getInputShapes();
    if (shapes.length != 1) {
      return false;
    }
    try {
      return isElementwise(lambda, trialShape(shapes[0], SMALL));
    } catch (RuntimeException sizesMatter) {
      try {
        return isElementwise(lambda, trialShape(shapes[0], Long.MAX_VALUE));
      } catch (RuntimeException notOfOneArray) {
        return false;
      }
    }
  }

  private static boolean isElementwise(LambdaBlock lambda, Shape shape) {
    int elements = Math.toIntExact(shape.size());
    SplittableRandom random = new SplittableRandom(SEED);
    float[] one = new float[elements];
    float[] other = new float[elements];
    for (int i = 0; i < elements; i++) {
      one[i] = (float) random.nextDouble(-3, 3);
      other[i] = random.nextBoolean() ? one[i] : (float) random.nextDouble(-3, 3);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray ofOne = apply(lambda, manager.create(one, shape));
      NDArray ofOther = apply(lambda, manager.create(other, shape));
      return ofOne.getShape().equals(shape)
          && ofOther.getShape().equals(shape)
          && ofOne.getDataType() == DataType.FLOAT32
          && agree(one, other, ofOne.toFloatArray(), ofOther.toFloatArray());
    }
  }

  private static NDArray apply(LambdaBlock lambda, NDArray input) {
    return lambda.forward(null, new NDList(input), false).singletonOrThrow();
  }

  /** Whether equal inputs have equal results, bit for bit. */
  private static boolean agree(float[] one, float[] other, float[] ofOne, float[] ofOther) {
    for (int i = 0; i < one.length; i++) {
      if (one[i] == other[i]
          && Float.floatToRawIntBits(ofOne[i]) != Float.floatToRawIntBits(ofOther[i])) {
        return false;
      }
    }
    return true;
  }

  /** Batch 2, and no other extent above a limit; 2 where it was not known. */
  private static Shape trialShape(Shape recorded, long limit) {
    long[] extents = recorded.getShape().clone();
    for (int i = 0; i < extents.length; i++) {
      extents[i] = i == 0 || extents[i] < 1 ? 2 : Math.min(extents[i], limit);
    }
    return new Shape(extents);
  }
}
