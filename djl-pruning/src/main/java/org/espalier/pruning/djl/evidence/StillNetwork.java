package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.espalier.pruning.djl.network.BlockTree;

/**
 * Keeps a network still while it runs with copies of its parameters: nothing is dropped out,
 * running statistics stay, and its own arrays take part in no gradient. A loss with weight decay
 * reads those arrays directly; their gradients would change, and DJL's weight decay leaves its
 * intermediate results on the manager of the parameters. So until closed the arrays belong to a
 * manager that is thrown away.
 */
public final class StillNetwork implements AutoCloseable {

  private final MaskedCopies copies;
  private final DropoutRates rates;
  private final NDManager borrower;
  private final List<NDArray> trained = new ArrayList<>();

  /**
   * @param network initialized
   * @param copies that it will run with
   */
  public StillNetwork(Block network, MaskedCopies copies) {
    this.copies = copies;
    List<Block> blocks = BlockTree.blocks(network);
    rates = new DropoutRates(blocks);
    borrower = copies.newManager();
    try {
      for (NDArray array : arrays(blocks)) {
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

  /**
   * Returns the parameters of one forward pass.
   *
   * @param scratch of the pass, from {@link MaskedCopies#newManager}
   */
  public PassStore pass(NDManager scratch) {
    return new PassStore(scratch, copies);
  }

  private static Set<NDArray> arrays(List<Block> blocks) {
    Set<NDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Block block : blocks) {
      for (Parameter parameter : block.getDirectParameters().values()) {
        if (parameter.isInitialized()) {
          arrays.add(parameter.getArray());
        }
      }
    }
    return arrays;
  }

  /** Lets the network drop out and take part in gradients again. */
  @Override
  public void close() {
    trained.forEach(array -> array.setRequiresGradient(true));
    borrower.close();
    rates.close();
  }
}
