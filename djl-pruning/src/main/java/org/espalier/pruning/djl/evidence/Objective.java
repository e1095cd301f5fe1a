package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;

/** What is differentiated: a number that a network computes. */
@FunctionalInterface
interface Objective {

  /**
   * Runs the network.
   *
   * @param store of the parameters to run it with
   * @param manager for inputs; an engine puts what it computes where the inputs are
   */
  NDArray of(ParameterStore store, NDManager manager);
}
