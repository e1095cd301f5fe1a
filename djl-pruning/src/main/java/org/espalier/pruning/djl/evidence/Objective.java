package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import org.espalier.sparse.EspalierException;

/** What is differentiated: a number that a network computes. */
@FunctionalInterface
public interface Objective {

  /**
   * Runs the network.
   *
   * @param store of the parameters to run it with
   * @param manager for inputs; an engine puts what it computes where the inputs are
   */
  NDArray of(ParameterStore store, NDManager manager);

  /**
   * Runs the network, then backward to the arrays that collect a gradient.
   *
   * @param store of the parameters to run it with
   * @param manager for inputs
   */
  default void backward(ParameterStore store, NDManager manager) {
    try (GradientCollector collector = collector(manager)) {
      collector.backward(of(store, manager));
    }
  }

  private static GradientCollector collector(NDManager manager) {
    try {
      return manager.getEngine().newGradientCollector();
    } catch (IllegalStateException e) {
      throw new EspalierException(
          "evidence",
          "no open GradientCollector: DJL has one at a time",
          e.getMessage(),
          "ask for evidence before the forward pass, or after the collector is closed",
          e);
    }
  }
}
