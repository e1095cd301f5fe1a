package org.espalier.pruning.structured;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.UnaryOperator;
import org.espalier.pruning.structured.op.EncoderOp;
import org.espalier.pruning.structured.op.LayerDropOp;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.SelectOp;
import org.espalier.sparse.InvalidInputException;

/**
 * Whole residual layers of a network: encoders of a transformer, and whatever a user put into a
 * {@link org.espalier.pruning.structured.block.LayerDropBlock}. Layers are numbered in the order of
 * the network, from 1. Without a layer, its input goes on in place of its output.
 *
 * <p>Training with layers that drop out, and removal of every other of them: A. Fan, E. Grave and
 * A. Joulin, "Reducing Transformer Depth on Demand with Structured Dropout" (LayerDrop), ICLR 2020,
 * section 3 (its number from memory).
 *
 * <pre>{@code
 * StructuredNetwork network = StructuredNetwork.of(bert, inputs, Hints.none());
 * Block training = network.rebuilt(LayerSelection.dropping(network.op(), 0.2f));
 * ...
 * Block half = network.rebuilt(LayerSelection.everyOther(network.op(), 0.5));
 * }</pre>
 */
public final class LayerSelection {

  /** 1 / (1 / 3.0) may be a little less than 3. */
  private static final double ROUNDING = 1e-9;

  private LayerSelection() {}

  /** Returns how many layers there are. */
  public static int count(Op network) {
    int[] count = {0};
    map(
        network,
        layer -> {
          count[0]++;
          return layer;
        });
    return count[0];
  }

  /**
   * Returns a network each of whose layers is left out in training with some probability.
   *
   * @param rate in [0, 1]; the paper trains with 0.2 for shallow networks of up to half the depth,
   *     and takes 1 - kept / all where the depth is known beforehand
   */
  public static Op dropping(Op network, float rate) {
    requireLayers(network);
    return map(
        network,
        layer ->
            new LayerDropOp(layer instanceof LayerDropOp already ? already.layer() : layer, rate));
  }

  /** Returns a network whose layers are always there, as after training. */
  public static Op always(Op network) {
    return map(network, layer -> layer instanceof LayerDropOp dropping ? dropping.layer() : layer);
  }

  /**
   * Returns a network without the layers d with d mod floor(1 / share) = 0, the paper's "Every
   * Other" strategy.
   *
   * @param share of the layers that is to go, in (0, 0.5]: about this share, since the quotient is
   *     rounded
   * @throws InvalidInputException if the share is outside, or the network has no layers
   */
  public static Op everyOther(Op network, double share) {
    if (!(share > 0 && share <= 0.5)) {
      throw new InvalidInputException(
          "share of layers that go",
          "a number above 0, at most 0.5",
          Double.toString(share),
          "correct it, or name the layers");
    }
    int step = (int) Math.floor(1 / share + ROUNDING);
    int count = count(network);
    int[] layers = new int[count / step];
    Arrays.setAll(layers, i -> (i + 1) * step);
    return without(network, layers);
  }

  /**
   * Returns a network without some layers.
   *
   * @param layers their numbers, from 1
   * @throws InvalidInputException if there is no such layer, or none would be left
   */
  public static Op without(Op network, int... layers) {
    requireLayers(network);
    int count = count(network);
    BitSet gone = new BitSet();
    for (int layer : layers) {
      if (layer < 1 || layer > count) {
        throw refused("layers 1 to " + count, "" + layer);
      }
      gone.set(layer);
    }
    if (gone.cardinality() == count) {
      throw refused("a selection that leaves a layer", "all " + count);
    }
    int[] at = {0};
    // The first tensor alone: a mask beside it was for the layer.
    return map(network, layer -> gone.get(++at[0]) ? new SelectOp(0) : layer);
  }

  private static Op map(Op op, UnaryOperator<Op> change) {
    return op instanceof LayerDropOp || op instanceof EncoderOp
        ? change.apply(op)
        : op.mapChildren(child -> map(child, change));
  }

  private static void requireLayers(Op network) {
    if (count(network) == 0) {
      throw refused("a network with encoders or LayerDrop blocks", "none");
    }
  }

  private static InvalidInputException refused(String expected, String found) {
    return new InvalidInputException("layers", expected, found, "choose others");
  }
}
