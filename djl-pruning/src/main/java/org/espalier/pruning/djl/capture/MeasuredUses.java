package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.recurrent.RecurrentBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.network.NetworkParameters;

/**
 * How often each weight is multiplied for one example, counted in a forward pass: right also for
 * layers that are called twice, and for blocks of any construction.
 *
 * @see NetworkParameters#uses the same from recorded shapes, without a forward pass
 */
public final class MeasuredUses {

  private MeasuredUses() {}

  /**
   * Runs one batch as inference.
   *
   * @param network initialized; only read
   * @param batch its inputs, batch axis first
   * @return by path, for the weights of linear, convolution and recurrent layers: calls x positions
   *     / examples, rounded up
   * @throws org.espalier.sparse.InvalidInputException if such a layer cannot be watched
   */
  public static Map<String, Long> of(Block network, NDList batch) {
    NetworkParameters parameters = new NetworkParameters(network);
    Map<String, Positions> observers = new LinkedHashMap<>();
    Layer.find(network, parameters.byPath().keySet())
        .forEach(
            (path, layer) -> {
              if (layer.isLinear() || layer.isConvolution() || isRecurrentWeight(layer)) {
                observers.put(path, new Positions(layer));
              }
            });
    Sample sample = new Sample(batch, new NDList());
    Capture.forward(new Probe(network, null, List.of(sample), Map.of(), 0), observers);
    long examples = batch.head().getShape().get(0);
    Map<String, Long> uses = new LinkedHashMap<>();
    observers.forEach((path, seen) -> uses.put(path, (seen.count + examples - 1) / examples));
    return uses;
  }

  private static boolean isRecurrentWeight(Layer layer) {
    return layer.block() instanceof RecurrentBlock
        && layer.weight().getArray().getShape().dimension() == 2;
  }

  private static final class Positions implements Observer {

    private final Layer layer;
    private long count;

    Positions(Layer layer) {
      this.layer = layer;
    }

    @Override
    public void input(NDArray input) {
      if (!layer.isConvolution()) {
        int rank = input.getShape().dimension();
        count += input.getShape().slice(0, rank - 1).size();
      }
    }

    @Override
    public NDArray output(NDArray output) {
      if (layer.isConvolution()) {
        count += output.size() / layer.extent(0);
      }
      return output;
    }
  }
}
