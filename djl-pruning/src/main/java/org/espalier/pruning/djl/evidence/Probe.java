package org.espalier.pruning.djl.evidence;

import ai.djl.nn.Block;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.mask.Mask;

/**
 * What is measured: a network as it is under masks, on some batches.
 *
 * @param network initialized; only read
 * @param loss of the training
 * @param batches at least one where data is needed; arrays stay the caller's
 * @param masks by parameter path: the network is measured with its weights multiplied by them;
 *     parameters without mask are dense
 * @param seed of random vectors
 */
public record Probe(
    Block network, Loss loss, List<Sample> batches, Map<String, Mask> masks, long seed) {

  /** Copies the lists. */
  public Probe {
    batches = List.copyOf(batches);
    masks = Map.copyOf(masks);
  }
}
