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
import java.util.Arrays;
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

  /** Tries a function on two inputs of the shape that it was initialized with, batch 2. */
  static boolean isElementwise(LambdaBlock lambda) {
    Shape[] shapes = lambda.getInputShapes();
    if (shapes.length != 1) {
      return false;
    }
    Shape shape = trialShape(shapes[0]);
    int elements = Math.toIntExact(shape.size());
    SplittableRandom random = new SplittableRandom(SEED);
    float[] one = new float[elements];
    float[] other = new float[elements];
    for (int i = 0; i < elements; i++) {
      one[i] = (float) random.nextDouble(-3, 3);
      other[i] = random.nextBoolean() ? one[i] : (float) random.nextDouble(-3, 3);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] ofOne = apply(lambda, manager.create(one, shape));
      float[] ofOther = apply(lambda, manager.create(other, shape));
      for (int i = 0; i < elements; i++) {
        if (one[i] == other[i]
            && Float.floatToRawIntBits(ofOne[i]) != Float.floatToRawIntBits(ofOther[i])) {
          return false;
        }
      }
      return true;
    } catch (RuntimeException notOfOneArray) {
      // It wants other shapes or types, or returns others: then it is not an activation.
      return false;
    }
  }

  private static float[] apply(LambdaBlock lambda, NDArray input) {
    Shape shape = input.getShape();
    NDArray output = lambda.forward(null, new NDList(input), false).singletonOrThrow();
    if (!output.getShape().equals(shape) || output.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException("not elementwise: " + output.getShape());
    }
    return output.toFloatArray();
  }

  private static Shape trialShape(Shape recorded) {
    long[] extents = recorded.getShape().clone();
    if (extents.length > 0) {
      extents[0] = 2;
    }
    return new Shape(Arrays.stream(extents).map(extent -> extent < 1 ? 2 : extent).toArray());
  }
}
