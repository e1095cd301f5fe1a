package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a backward pass away from the network's own arrays. Blocks compute with copies anyway, but
 * losses can hold the arrays themselves, as DJL's weight decay losses do, and a backward pass would
 * add to the gradients that the next optimizer step uses.
 */
final class OwnGradients {

  private OwnGradients() {}

  /** Runs a backward pass that leaves the gradients of a network as they are. */
  static void spared(Block network, Runnable backward) {
    List<NDArray> arrays = new ArrayList<>();
    for (Parameter parameter : network.getParameters().values()) {
      if (parameter.isInitialized() && parameter.getArray().hasGradient()) {
        arrays.add(parameter.getArray());
      }
    }
    try {
      arrays.forEach(array -> array.setRequiresGradient(false));
      backward.run();
    } finally {
      arrays.forEach(array -> array.setRequiresGradient(true));
    }
  }
}
