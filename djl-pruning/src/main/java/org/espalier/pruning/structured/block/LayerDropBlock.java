package org.espalier.pruning.structured.block;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.espalier.sparse.InvalidInputException;

/**
 * A layer that is sometimes left out in training, as a whole: with probability p its input leaves
 * as it came, else what the layer computes, unscaled. In inference the layer is always there. A.
 * Fan, E. Grave and A. Joulin, "Reducing Transformer Depth on Demand with Structured Dropout", ICLR
 * 2020, section 3.1 (its number from memory). Layers can then be removed without fine-tuning: see
 * {@link org.espalier.pruning.structured.LayerSelection}.
 *
 * <p>The layer must be residual: its first output has the shape of its first input. Further inputs,
 * as masks, are for the layer alone. Random numbers are the engine's ({@code
 * Engine.setRandomSeed}).
 *
 * <p>It shows the layer's children and parameters as its own, and stores what the layer would:
 * names of parameters and files are those of the network without it. Measurements that watch layers
 * inside ({@code djl.capture}) need the network without it, too.
 */
public final class LayerDropBlock extends AbstractBlock {

  private final Block layer;
  private final float rate;

  /**
   * @param layer not yet part of another block
   * @param rate probability p, in [0, 1]; the paper trains with 0.2 for up to half of the layers
   * @throws InvalidInputException if the rate is outside
   */
  public LayerDropBlock(Block layer, float rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new InvalidInputException(
          "LayerDrop rate", "a number in [0, 1]", Float.toString(rate), "correct it");
    }
    this.layer = layer;
    this.rate = rate;
    layer.getChildren().forEach(children::add);
    layer.getDirectParameters().forEach(pair -> parameters.put(pair.getKey(), pair.getValue()));
  }

  /** Returns the layer. */
  public Block layer() {
    return layer;
  }

  /** Returns the probability with which it is left out in training. */
  public float rate() {
    return rate;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[0]};
  }

  @Override
  public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
    beforeInitialize(inputShapes);
    layer.initialize(manager, dataType, inputShapes);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    if (training && drops(inputs.getManager())) {
      return new NDList(inputs.head());
    }
    return layer.forward(store, inputs, training, params);
  }

  private boolean drops(NDManager manager) {
    try (NDArray number = manager.randomUniform(0, 1, new Shape(1))) {
      return number.getFloat(0) < rate;
    }
  }

  @Override
  public void saveParameters(DataOutputStream os) throws IOException {
    layer.saveParameters(os);
  }

  @Override
  public void loadParameters(NDManager manager, DataInputStream is)
      throws IOException, MalformedModelException {
    layer.loadParameters(manager, is);
    if (inputShapes == null) {
      inputShapes = layer.getInputShapes();
    }
  }
}
