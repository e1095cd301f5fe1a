package org.espalier.hw.cost;

import org.espalier.hw.workload.Layer;
import org.espalier.sparse.InvalidInputException;

/** Predicts what a layer costs on one machine, without running it. */
public interface Machine {

  /** Returns the name that the command line uses, such as {@code eie}. */
  String name();

  /** Returns one line for a list of machines: what it is, and which zeros it can use. */
  String summary();

  /**
   * Predicts.
   *
   * <p>The same layer gives the same figures. More zeros never cost more: a layer whose operands
   * are zero wherever another's are takes no more time. A layer without zeros takes the time of the
   * dense run.
   *
   * @throws InvalidInputException if the machine cannot run such a layer at all, not even slowly
   */
  LayerCost cost(Layer layer);
}
