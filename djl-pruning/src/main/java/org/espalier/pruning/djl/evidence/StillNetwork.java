package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Keeps a network still while copies of its parameters are measured: nothing is dropped out, and
 * its own arrays take part in no gradient. A loss with weight decay reads those arrays directly;
 * their gradients would change, and DJL's weight decay leaves its intermediate results on the
 * manager of the parameters. So until closed the arrays belong to a manager that is thrown away.
 */
final class StillNetwork implements AutoCloseable {

  private final DropoutRates rates;
  private final NDManager borrower;
  private final List<NDArray> trained = new ArrayList<>();

  /**
   * @param network initialized
   * @param blocks all of it
   * @param parent of the manager that borrows the arrays
   */
  StillNetwork(Block network, List<Block> blocks, NDManager parent) {
    rates = new DropoutRates(blocks);
    borrower = parent.newSubManager();
    try {
      for (NDArray array : arrays(network)) {
        array.tempAttach(borrower);
        if (array.hasGradient()) {
          trained.add(array);
          array.setRequiresGradient(false);
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Set<NDArray> arrays(Block network) {
    Set<NDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Pair<String, Parameter> pair : network.getParameters()) {
      if (pair.getValue().isInitialized()) {
        arrays.add(pair.getValue().getArray());
      }
    }
    return arrays;
  }

  @Override
  public void close() {
    trained.forEach(array -> array.setRequiresGradient(true));
    borrower.close();
    rates.close();
  }
}
