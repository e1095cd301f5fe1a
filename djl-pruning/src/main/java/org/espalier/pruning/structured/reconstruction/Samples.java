package org.espalier.pruning.structured.reconstruction;

import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;

/**
 * Inputs on which activations are measured.
 *
 * @param batches one array each, batch axis first; they stay the caller's
 * @param positions of a convolution's output that are looked at for each example, drawn at random;
 *     0 = all
 * @param seed of the draws
 */
public record Samples(List<NDList> batches, int positions, long seed) {

  /** Copies the list; refuses an empty one. */
  public Samples {
    batches = List.copyOf(batches);
    if (batches.isEmpty() || positions < 0) {
      throw new InvalidInputException(
          "samples",
          "at least one batch, and at least 0 positions",
          batches.size() + " and " + positions,
          "give some inputs of the network");
    }
  }

  /** All positions of some batches. */
  public static Samples of(NDList... batches) {
    return new Samples(List.of(batches), 0, 0);
  }

  /** What a network is measured with. */
  Probe probe(StructuredNetwork network) {
    List<Sample> samples = batches.stream().map(batch -> new Sample(batch, new NDList())).toList();
    return new Probe(network.block(), null, samples, Map.of(), seed);
  }
}
