package org.espalier.pruning.djl.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each weight is multiplied for one example, from the shapes that blocks remember of
 * their initialization: the positions of a convolution's output; 1 in a linear layer, or the
 * positions of its input where that has more axes than (batch, features), as sequences have; the
 * steps of a recurrent block's sequence. Nothing runs, so it is cheap.
 *
 * <p>A network that was initialized for one input shape and is used with another has other counts.
 * What is not known (blocks that appear twice, shapes with unknown extents, blocks of other kinds)
 * is left out; {@link org.espalier.pruning.djl.capture.MeasuredUses} counts those, too.
 */
final class LayerUses {

  private final Map<Parameter, Long> uses = new IdentityHashMap<>();
  private final Map<Block, Boolean> seen = new IdentityHashMap<>();
  private final long batch;

  private LayerUses(long batch) {
    this.batch = batch;
  }

  /** Returns the counts of the weights for which they are known. */
  static Map<Parameter, Long> of(Block network) {
    Shape[] inputs = recorded(network);
    if (inputs.length == 0 || inputs[0].dimension() == 0) {
      return Map.of();
    }
    LayerUses layers = new LayerUses(inputs[0].get(0));
    layers.visit(network, null, 0);
    return layers.uses;
  }

  private void visit(Block block, Block parent, int index) {
    boolean again = seen.put(block, true) != null;
    long positions = again ? 0 : positions(block, parent, index);
    for (Parameter parameter : block.getDirectParameters().values()) {
      if (again) {
        uses.remove(parameter);
      } else if (positions > 0 && parameter.getType() == Parameter.Type.WEIGHT) {
        uses.put(parameter, positions);
      }
    }
    List<Block> children = block.getChildren().values();
    for (int i = 0; i < children.size(); i++) {
      visit(children.get(i), block, i);
    }
  }

  /** Returns the positions per example, 0 if they are not known. */
  private long positions(Block block, Block parent, int index) {
    try {
      if (block instanceof Linear && parent instanceof ScaledDotProductAttentionBlock) {
        // Attention initializes its projections with shape (-1, features).
        return perExample(projected(recorded(parent), index).slice(0, 2));
      } else if (block instanceof Linear) {
        // The input without its last axis; getInputShapes says something else after a load.
        return perExample(block.describeInput().get(0).getValue());
      } else if (block instanceof Convolution) {
        Shape output = block.getOutputShapes(block.getInputShapes())[0];
        return perExample(output.slice(0, 1).addAll(output.slice(2)));
      } else if (block instanceof RecurrentBlock) {
        return perExample(block.getInputShapes()[0].slice(0, 2));
      }
      return 0;
    } catch (RuntimeException notInitialized) {
      // A count for some allocations is no reason to stop a training.
      return 0;
    }
  }

  /** Key, query, value, result; attention takes one input for all, or one for each. */
  private static Shape projected(Shape[] inputs, int index) {
    if (inputs.length < 3) {
      return inputs[0];
    }
    return inputs[index == 3 ? 1 : index];
  }

  private long perExample(Shape positions) {
    long first = positions.dimension() == 0 ? 1 : positions.get(0);
    if (first == batch) {
      return Math.max(0, positions.slice(1).size());
    }
    // Batch and time may have been merged to one axis.
    long all = positions.size();
    return batch > 0 && all > 0 && all % batch == 0 ? all / batch : 0;
  }

  private static Shape[] recorded(Block block) {
    try {
      Shape[] shapes = block.getInputShapes();
      return shapes == null ? new Shape[0] : shapes;
    } catch (RuntimeException notInitialized) {
      return new Shape[0];
    }
  }
}
